/** A class path for code without a project: the starters of a version of Spring Boot, as far as they are on this machine. */
import names from "../../core/checks/java/bootStarters.json";
import { starterOf } from "../../core/checks/java/starters";
import { springBootGroup } from "../../core/project/buildFacts";
import type { Pom } from "../../core/project/mavenPom";
import { dependenciesOf } from "../dependencies/projectDependencies";
import { jarsOf, labelOf, type ModuleReading } from "./moduleReading";

/** Wanted even when nothing imports them. */
const always = ["spring-boot-starter-web", "spring-boot-starter-test"];

/** Those of our list that bring what is imported. */
export function wantedStarters(packages: readonly string[]): readonly string[] {
  const wanted = new Set([...always, ...packages.flatMap((name) => starterOf(name) ?? [])]);
  return names.filter((name) => wanted.has(name.slice(name.indexOf(":") + 1)));
}

/** What is wanted is part of the result, missing or not; other starters are when they are on this machine. */
export async function readStarters(
  props: {
    readonly version: string;
    readonly wanted: readonly string[];
    readonly environment: NodeJS.ProcessEnv;
  },
  signal: AbortSignal,
): Promise<Omit<ModuleReading, "missingProcessors">> {
  const { version, wanted, environment } = props;
  const all = await dependenciesOf(pomOf(version, names), { environment }, signal);
  const there = new Set(
    all.dependencies
      .filter(({ depth, jar }) => depth === 1 && jar !== undefined)
      .map(({ artifact }) => artifact),
  );
  const chosen = names.filter(
    (name) => wanted.includes(name) || there.has(name.slice(name.indexOf(":") + 1)),
  );
  const found = await dependenciesOf(pomOf(version, chosen), { environment }, signal);
  const { jars, missing } = jarsOf(found);
  const bom = { group: springBootGroup, artifact: "spring-boot-starter-parent", version, type: "pom" };
  return {
    missing: jars.length === 0 ? [bom, ...missing] : missing,
    classpath: {
      source: `the starters of Spring Boot ${version}`,
      complete: missing.length === 0,
      mainComplete: missing.length === 0,
      jars,
      processorJars: [],
      generators: { plugins: [], processors: [] },
      modules: [],
      missing: missing.map(labelOf),
    },
  };
}

function pomOf(version: string, starters: readonly string[]): Pom {
  return {
    label: "starters",
    group: "docwright",
    artifact: "starters",
    version: "1",
    parent: { group: springBootGroup, artifact: "spring-boot-starter-parent", version, relativePath: "" },
    modules: [],
    properties: new Map(),
    imports: [],
    managed: [],
    plugins: [],
    dependencies: starters.map((name) => {
      const [group = "", artifact = ""] = name.includes(":") ? name.split(":") : [springBootGroup, name];
      return { group, artifact };
    }),
  };
}
