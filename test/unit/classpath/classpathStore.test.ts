/** Which jars bring annotation processors: those that the build names for them, else those of the class path. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createClasspathStore } from "../../../src/adapters/classpath/classpathStore";
import type { ModuleClasspath } from "../../../src/core/checks/classpath";
import { neededProcessors, processorPath } from "../../../src/core/checks/java/processors";

const never = new AbortController().signal;
const service = "META-INF/services/javax.annotation.processing.Processor";
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "docwright-classpath-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function jar(name: string, entry: string): Promise<string> {
  const path = join(folder, `${name}.jar`);
  await writeFile(path, zipSync({ [entry]: strToU8("") }));
  return path;
}

const classpath = (jars: readonly string[], path?: readonly string[]): ModuleClasspath => ({
  source: "made here",
  complete: true,
  mainComplete: true,
  jars: jars.map((each) => ({ path: each, group: "g", artifact: "a", version: "1", scope: "compile" })),
  processorJars: [],
  ...(path && { processorPath: path }),
  generators: { plugins: [], processors: [] },
  modules: [],
  missing: [],
});

test("of the class path, each alone", async () => {
  const [library, maker] = [await jar("library", "a/B.class"), await jar("maker", service)];
  const known = await createClasspathStore(folder).add("one", classpath([library, maker]), never);
  expect(known.processorJars).toEqual([maker]);
  expect(processorPath(known, neededProcessors(known.processorJars, []))).toEqual([maker]);
});

test("of the path that the build names, with what they bring along, and none of the class path; also when kept", async () => {
  const [maker, helper] = [await jar("named-maker", service), await jar("helper", "c/D.class")];
  const other = await jar("of-the-class-path", service);
  await createClasspathStore(folder).add("two", classpath([other], [maker, helper]), never);
  const known = await createClasspathStore(folder).find("two", never);
  expect(known?.processorJars).toEqual([maker]);
  expect(known && processorPath(known, known.processorJars)).toEqual([maker, helper]);
  expect(known && processorPath(known, [])).toEqual([]);
});
