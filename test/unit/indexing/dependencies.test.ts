/** The jars of a project's dependencies become a set that is found by names and words; jars made here, in a repository of the project's own. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { createIndexing } from "../../../src/adapters/engine/indexing";
import { createSearching } from "../../../src/adapters/engine/searching";
import { createSets } from "../../../src/adapters/engine/sets";
import { dependenciesOrigin } from "../../../src/core/document/documentSource";
import { builtPackage } from "../embedding/builtThread";
import { hashingEmbedder } from "./hashingEmbedder";
import { temporaryFolder } from "./smallDocuments";

const never = new AbortController().signal;
let packageRoot: string;
beforeAll(async () => {
  packageRoot = await builtPackage();
}, 60_000);

const jar = (files: Readonly<Record<string, string>>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
const metadata = JSON.stringify({
  properties: [
    {
      name: "acme.kettle.boil-time",
      type: "java.time.Duration",
      defaultValue: "3m",
      description: "How long the kettle takes.",
      sourceType: "org.acme.KettleProperties",
    },
    {
      name: "acme.kettle.duration",
      deprecation: { level: "error", replacement: "acme.kettle.boil-time", reason: "Named for what it is." },
    },
    { name: "acme.kettle.mode", type: "org.acme.Mode" },
  ],
  hints: [
    {
      name: "acme.kettle.mode",
      values: [{ value: "gentle", description: "For green tea." }, { value: "fast" }],
    },
  ],
});
const source = `package org.acme;
/** Boils water for tea. */
public class Kettle {
  /** Lets the steam out before the lid is opened. */
  public void vent(int seconds) { }
}
`;

/** A project with its own repository; the jars of one dependency lie there. */
async function project(): Promise<string> {
  const folder = await temporaryFolder("project");
  const artifact = join(folder, ".repository", "org", "acme", "kettle", "1.2", "kettle-1.2");
  const files: Readonly<Record<string, string | Uint8Array>> = {
    [join(folder, ".mvn", "maven.config")]: "-Dmaven.repo.local=.repository\n",
    [join(folder, "pom.xml")]:
      "<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.2.9</version><relativePath/></parent>" +
      "<artifactId>app</artifactId><dependencies><dependency><groupId>org.acme</groupId><artifactId>kettle</artifactId><version>1.2</version></dependency></dependencies></project>",
    [`${artifact}.pom`]:
      "<project><groupId>org.acme</groupId><artifactId>kettle</artifactId><version>1.2</version></project>",
    [`${artifact}.jar`]: jar({ "META-INF/spring-configuration-metadata.json": metadata }),
    [`${artifact}-sources.jar`]: jar({ "org/acme/Kettle.java": source }),
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return folder;
}

function engineOn(store: string) {
  const sets = createSets({ packageRoot, defaultStore: store, chosenEmbedder: hashingEmbedder(0) });
  const indexing = createIndexing({ sets, defaultStore: store });
  const searching = createSearching({ sets, packageRoot, defaultStore: store });
  return {
    index: (path: string, vectors = false) =>
      indexing.index(
        {
          sources: [
            {
              path,
              origin: dependenciesOrigin(path),
              source: { kind: "dependencies", project: path, vectors },
              title: "Dependencies of app",
            },
          ],
          store,
        },
        () => undefined,
        never,
      ),
    list: () => sets.list(store, never),
    search: async (question: string, of?: string) =>
      searching.search({ question, count: 5, store, ...(of !== undefined && { project: of }) }, never),
  };
}

describe("the jars of a project's dependencies", { timeout: 60_000 }, () => {
  it("are found by words, without a vector, until vectors are asked for", async () => {
    const [store, app] = [await temporaryFolder("store"), await project()];
    const engine = engineOn(store);
    const report = await engine.index(app);
    expect(report.sets).toMatchObject([
      {
        name: "Dependencies of app",
        springBootVersion: "3.2.9",
        documents: 2,
        passages: 5,
        embedded: 0,
        state: "ready",
      },
    ]);
    expect(report).toMatchObject({ read: 2, unchanged: 0, embedded: 0, passedOver: [] });
    expect(await engine.index(app)).toMatchObject({ read: 0, unchanged: 2 });
    expect((await engine.index(app, true)).sets).toMatchObject([{ embedded: 5, state: "ready" }]);
  });

  it.each([
    "acme.kettle.boil-time",
    "acme.kettle.boilTime",
    "acme.kettle.boil_time",
    "ACME_KETTLE_BOILTIME",
    "what is the default of acme.kettle.boil-time?",
  ])("answer %s with the property, first", async (question) => {
    const [store, app] = [await temporaryFolder("store"), await project()];
    const engine = engineOn(store);
    await engine.index(app);
    const { answered, results } = await engine.search(question);
    expect(answered).toBe(true);
    expect(results[0]).toMatchObject({
      headingPath: ["Configuration properties", "acme.kettle.boil-time"],
      document: "kettle 1.2",
      version: "3.2.9",
    });
    expect(results[0]?.foundBy.map(({ leg }) => leg)).toContain("name");
    expect(results[0]?.text).toContain("- Type: `Duration`\n- Default: `3m`");
  });

  it("say what took a property's place, which values it takes, and what a member does", async () => {
    const [store, app] = [await temporaryFolder("store"), await project()];
    const engine = engineOn(store);
    await engine.index(app);
    const first = async (question: string) => (await engine.search(question)).results[0];
    expect((await first("acme.kettle.duration"))?.text).toContain(
      "> **Deprecated:** This property is no longer read. Named for what it is. Use `acme.kettle.boil-time` instead.",
    );
    expect((await first("acme.kettle.mode"))?.text).toContain("- Values: `gentle` (For green tea), `fast`");
    expect(await first("Kettle.vent")).toMatchObject({
      headingPath: ["org.acme", "Kettle.vent(int)"],
      anchor: "org/acme/Kettle.java#vent(int)",
    });
  });

  it("are not asked for another project", async () => {
    const [store, app] = [await temporaryFolder("store"), await project()];
    const engine = engineOn(store);
    await engine.index(app);
    expect((await engine.search("acme.kettle.mode", app)).results).not.toEqual([]);
    expect((await engine.search("acme.kettle.mode", "/another")).results).toEqual([]);
  });

  it("are out of date when a build file has changed, until they are indexed again", async () => {
    const [store, app] = [await temporaryFolder("store"), await project()];
    await engineOn(store).index(app);
    const state = async () => {
      const [set] = await engineOn(store).list();
      return [set?.state, set?.reason];
    };
    expect(await state()).toEqual(["ready", undefined]);
    const pom = join(app, "pom.xml");
    const text = await readFile(pom, "utf8");
    await writeFile(pom, text);
    expect(await state()).toEqual(["ready", undefined]);
    await writeFile(pom, text.replace("<artifactId>app</artifactId>", "<artifactId>shop</artifactId>"));
    expect(await state()).toEqual(["stale", "The build files have changed since it was indexed."]);
    await engineOn(store).index(app);
    expect(await state()).toEqual(["ready", undefined]);
  });

  it("a folder without a build file has none", async () => {
    await expect(
      engineOn(await temporaryFolder("store")).index(await temporaryFolder("empty")),
    ).rejects.toThrow("no-documents");
  });
});
