/** A class path that another program has computed, with the module's folders and annotation processors as its build files tell them. */
import { access } from "node:fs/promises";
import { basename } from "node:path";
import type { GivenClasspath } from "../../core/checks/checkReport";
import type { ModuleClasspath, ScopedJar } from "../../core/checks/classpath";

/** @param read What the module's files tell. */
export async function givenClasspath(
  { source, main, test }: GivenClasspath,
  read: ModuleClasspath,
): Promise<ModuleClasspath> {
  const known = new Map(read.jars.map((jar) => [jar.path, jar]));
  const ofMain = new Set(main);
  const all = [...new Set([...main, ...(test ?? [])])].filter((path) => path.endsWith(".jar"));
  const there = await Promise.all(all.map(isThere));
  const jars = all.flatMap((path, at): readonly ScopedJar[] =>
    there[at] === true
      ? [{ ...(known.get(path) ?? coordinatesOf(path)), path, scope: ofMain.has(path) ? "compile" : "test" }]
      : [],
  );
  // A class path to run with has not what is there for compiling alone.
  const provided = read.jars.filter(
    ({ path, scope }) => (scope === "provided" || scope === "system") && !all.includes(path),
  );
  const missing = all.filter((_, at) => there[at] !== true);
  return {
    ...read,
    source,
    jars: [...jars, ...provided],
    complete: missing.length === 0 && test !== undefined,
    mainComplete: missing.every((path) => !ofMain.has(path)),
    missing: missing.map((path) => basename(path)),
  };
}

/** As its file says it, `spring-core-6.1.2.jar`; the group is not known from that. */
function coordinatesOf(path: string) {
  const name = basename(path, ".jar");
  const [, artifact = name, version = ""] = /^(.+?)-(\d[\w.-]*)$/.exec(name) ?? [];
  return { group: "", artifact, version };
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
