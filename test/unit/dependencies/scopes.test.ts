/** Scopes over several ways to one artifact, and artifacts that moved, as Maven 3 resolves them. */
import { expect, test } from "vitest";
import { effectivePom } from "../../../src/core/dependencies/effectivePom";
import { resolveDependencies } from "../../../src/core/dependencies/resolveDependencies";
import { parsePom, type Pom } from "../../../src/core/project/mavenPom";

const dependency = (name: string, scope = "") =>
  `<dependency><groupId>g</groupId><artifactId>${name}</artifactId><version>1</version>${scope && `<scope>${scope}</scope>`}</dependency>`;

function pom(name: string, dependencies: readonly string[], rest = ""): Pom {
  const text = `<project><groupId>g</groupId><artifactId>${name}</artifactId><version>1</version>${rest}<dependencies>${dependencies.join("")}</dependencies></project>`;
  const read = parsePom({ label: name, text });
  if (!read) throw new Error("no pom");
  return read;
}

async function resolved(root: Pom, others: readonly Pom[]) {
  const load = ({ artifact }: { readonly artifact: string }) => {
    const found = others.find((each) => each.artifact === artifact);
    return Promise.resolve(found && [found]);
  };
  const { signal } = new AbortController();
  const { dependencies } = await resolveDependencies(await effectivePom([root], load, signal), load, signal);
  return Object.fromEntries(dependencies.map(({ artifact, scope }) => [artifact, scope]));
}

test("the widest scope of all ways holds, also for what is brought along", async () => {
  const found = await resolved(pom("root", [dependency("testing", "test"), dependency("web")]), [
    pom("testing", [dependency("core")]),
    pom("web", [dependency("middle")]),
    pom("middle", [dependency("core")]),
    pom("core", [dependency("logging")]),
    pom("logging", []),
  ]);
  expect(found).toEqual({
    testing: "test",
    web: "compile",
    middle: "compile",
    core: "compile",
    logging: "compile",
  });
});

test("what the project declares itself keeps its scope", async () => {
  const found = await resolved(pom("root", [dependency("core", "test"), dependency("web")]), [
    pom("web", [dependency("core")]),
    pom("core", []),
  ]);
  expect(found).toEqual({ core: "test", web: "compile" });
});

test("an artifact that moved is taken from where it is now", async () => {
  const moved =
    "<distributionManagement><relocation><artifactId>new</artifactId></relocation></distributionManagement>";
  const found = await resolved(pom("root", [dependency("old", "runtime")]), [
    pom("old", [], moved),
    pom("new", [dependency("core")]),
    pom("core", []),
  ]);
  expect(found).toEqual({ new: "runtime", core: "runtime" });
});
