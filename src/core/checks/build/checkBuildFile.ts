/** Dependencies of a pom or Gradle file: those that do not exist, have no version, or have moved on since Spring Boot 2. */
import { distance } from "fastest-levenshtein";
import { springBootGroup } from "../../project/buildFacts";
import { readGradleScript } from "../../project/gradleScript";
import { parsePom, type Pom } from "../../project/mavenPom";
import { compareVersions } from "../../project/springBootVersion";
import type { Check, CheckedFile } from "../check";
import { findingAt, type Finding, type FindingWords } from "../finding";

export interface BuildKnowledge {
  /** What the BOM of a line ("3.2") manages, artifacts by group. */
  readonly managed: Readonly<
    Record<
      string,
      { readonly version: string; readonly artifacts: Readonly<Record<string, readonly string[]>> }
    >
  >;
  /** Coordinates that were given up with Spring Boot 3, as `group:artifact`. */
  readonly moved: readonly {
    readonly from: string;
    readonly to: string;
    /** True where the old artifact does not work with Spring Boot 3 at all, with a version of its own either. */
    readonly useless?: boolean;
  }[];
}

interface Dependency {
  readonly group: string;
  readonly artifact: string;
  readonly version?: string;
}

export function createBuildFileCheck(knowledge: BuildKnowledge): Check {
  return ({ files, springBootVersion }) => {
    if (springBootVersion === undefined || compareVersions(springBootVersion, "3.0") < 0) return [];
    const line = springBootVersion.split(".").slice(0, 2).join(".");
    const managed = knowledge.managed[line]?.artifacts;
    return files.flatMap((file) => {
      const read = dependenciesOf(file);
      return read.dependencies.flatMap((dependency): Finding[] => {
        const place = placeOf(file, dependency);
        if (!place) return [];
        const move = moveOf(dependency, knowledge, read.bomIsBoot);
        if (move)
          return [findingAt(file, place, { ...move.words, ...renaming(file, dependency, place, move.to) })];
        const words =
          managed &&
          (missingWords(dependency, managed) ?? unmanagedWords(dependency, managed, read, springBootVersion));
        return words ? [findingAt(file, place, words)] : [];
      });
    });
  };
}

interface ReadFile {
  readonly dependencies: readonly Dependency[];
  /** True where Spring Boot's BOM gives the versions and no other BOM may. */
  readonly bomIsBoot: boolean;
  /** Versions that the file itself gives. */
  readonly own: ReadonlySet<string>;
}

const nothing: ReadFile = { dependencies: [], bomIsBoot: false, own: new Set() };

function dependenciesOf(file: CheckedFile): ReadFile {
  if (file.language === "maven") {
    const pom = parsePom({ label: file.path, text: file.text });
    return pom
      ? { dependencies: pom.dependencies, bomIsBoot: isBootOnly(pom), own: keysOf(pom.managed) }
      : nothing;
  }
  if (file.language !== "gradle") return nothing;
  const { dependencies, plugin, pluginAliases } = readGradleScript({ label: file.path, text: file.text });
  const applies =
    /io\.spring\.dependency-management|SpringBootPlugin\.BOM_COORDINATES|spring-boot-dependencies/.test(
      file.text,
    );
  const others = /mavenBom|platform\s*\(/.test(
    file.text.replace(/platform\s*\(\s*(?:[\w.]+\.)?SpringBootPlugin\.BOM_COORDINATES/g, ""),
  );
  const isBoot =
    (plugin !== undefined || pluginAliases.some((alias) => alias.includes("spring"))) && applies && !others;
  return { dependencies, bomIsBoot: isBoot, own: new Set() };
}

/** A parent or BOM of somebody else may manage what Spring Boot does not. */
function isBootOnly({ parent, imports }: Pom): boolean {
  const isBootBom = imports.every(({ group }) => group === springBootGroup);
  if (parent) return parent.group === springBootGroup && isBootBom;
  return imports.length > 0 && isBootBom;
}

const keyOf = ({ group, artifact }: Dependency) => `${group}:${artifact}`;
const keysOf = (dependencies: readonly Dependency[]) => new Set(dependencies.map(keyOf));

function moveOf(
  dependency: Dependency,
  { moved }: BuildKnowledge,
  bomIsBoot: boolean,
): { readonly to: string; readonly words: FindingWords } | undefined {
  const key = keyOf(dependency);
  const entry = moved.find(({ from }) => from === key);
  if (!entry) return undefined;
  const withVersion = dependency.version !== undefined || !bomIsBoot;
  if (withVersion && entry.useless !== true) return undefined;
  const why = withVersion ? "it does not work with Spring Boot 3" : "Spring Boot 3 manages no version of it";
  const words: FindingWords = {
    rule: "dependency-moved",
    level: withVersion ? "warning" : "error",
    message: `\`${key}\` has moved on: ${why}. Use \`${entry.to}\`.`,
    anchor: "appendix.dependency-versions",
  };
  return { to: entry.to, words };
}

type Managed = Readonly<Record<string, readonly string[]>>;

/** Artifacts of Spring Boot's group that its BOM leaves out because build files name them in other places. */
const unlisted = new Set([
  "spring-boot-starter-parent",
  "spring-boot-dependencies",
  "spring-boot-gradle-plugin",
  "spring-boot-maven-plugin",
]);

function missingWords({ group, artifact }: Dependency, managed: Managed): FindingWords | undefined {
  const known = managed[springBootGroup] ?? [];
  if (group !== springBootGroup || known.includes(artifact) || unlisted.has(artifact)) return undefined;
  // A placeholder stands for what only the build tool knows.
  if (/[${}]/.test(artifact)) return undefined;
  const near = nearest(artifact, known);
  return {
    rule: "dependency-unknown",
    level: "error",
    message: `There is no \`${artifact}\` in this version of Spring Boot.${near.length === 0 ? "" : ` Nearest: ${near.map((name) => `\`${name}\``).join(", ")}.`}`,
    anchor: "using.build-systems.starters",
  };
}

function unmanagedWords(
  dependency: Dependency,
  managed: Managed,
  { bomIsBoot, own }: ReadFile,
  springBootVersion: string,
): FindingWords | undefined {
  const { group, artifact, version } = dependency;
  if (!bomIsBoot || version !== undefined || own.has(keyOf(dependency)) || /[${}]/.test(group + artifact))
    return undefined;
  if (managed[group]?.includes(artifact)) return undefined;
  const elsewhere = Object.entries(managed).find(([, artifacts]) => artifacts.includes(artifact))?.[0];
  const advice = elsewhere === undefined ? "Name its version." : `\`${elsewhere}:${artifact}\` is managed.`;
  return {
    rule: "dependency-unmanaged",
    level: "error",
    message: `\`${keyOf(dependency)}\` has no version: Spring Boot ${springBootVersion} does not manage it. ${advice}`,
    anchor: "appendix.dependency-versions",
  };
}

function nearest(artifact: string, known: readonly string[]): readonly string[] {
  return known
    .map((name) => ({ name, edits: distance(name, artifact) }))
    .filter(({ edits }) => edits * 3 <= artifact.length)
    .sort((left, right) => left.edits - right.edits)
    .slice(0, 3)
    .map(({ name }) => name);
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where the artifact's name stands beside its group. */
function placeOf(
  { text: written, language }: CheckedFile,
  { group, artifact }: Dependency,
): Place | undefined {
  const quoted = (part: string) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const [g, a] = [quoted(group), quoted(artifact)];
  const blank = (comment: string) => comment.replace(/[^\n]/g, " ");
  const isMaven = language === "maven";
  const text = isMaven
    ? written.replace(/<!--[\s\S]*?-->/g, blank)
    : written.replace(/\/\*[\s\S]*?\*\/|(?<![:"'])\/\/[^\n]*/g, blank);
  const pattern = isMaven
    ? new RegExp(
        `<groupId>\\s*${g}\\s*</groupId>\\s*<artifactId>\\s*(${a})\\s*</artifactId>|<artifactId>\\s*(${a})\\s*</artifactId>\\s*<groupId>\\s*${g}\\s*</groupId>`,
      )
    : new RegExp(
        `["']${g}:(${a})(?=[:"'@])|group\\s*[:=]\\s*["']${g}["']\\s*,\\s*name\\s*[:=]\\s*["'](${a})["']`,
      );
  const match = pattern.exec(text);
  if (!match) return undefined;
  const start = match.index + match[0].lastIndexOf(match[1] ?? match[2] ?? artifact);
  return { start, end: start + artifact.length };
}

/** Group and artifact written anew, where they stand side by side. */
function renaming(
  { text, language }: CheckedFile,
  dependency: Dependency,
  place: Place,
  to: string,
): Pick<FindingWords, "fix"> {
  const [group = "", artifact = ""] = to.split(":");
  const groupAt = text.lastIndexOf(dependency.group, place.start - 1);
  const between = text.slice(groupAt, place.start);
  const isBeside =
    language === "gradle"
      ? between === `${dependency.group}:`
      : groupAt >= 0 && !between.includes("<dependency>");
  if (!isBeside) return {};
  return {
    fix: {
      title: `Use \`${to}\``,
      edits: [
        { start: groupAt, end: groupAt + dependency.group.length, text: group },
        { ...place, text: artifact },
      ],
    },
  };
}
