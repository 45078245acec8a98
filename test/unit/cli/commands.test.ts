import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseInvocation } from "../../../src/cli/arguments";
import { commands } from "../../../src/cli/commands";
import type { AnswerRequest, AnswerResult } from "../../../src/core/answer/answer";
import type { ChangesRequest, VersionChanges } from "../../../src/core/changes/versionChanges";
import type { CheckReport, CheckRequest } from "../../../src/core/checks/checkReport";
import type { IndexRequest, SearchRequest } from "../../../src/core/engine";
import type { Passage } from "../../../src/core/search/passage";
import { fakeContext, type Recorded } from "./fakeContext";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "docwright-cli-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function run({ context }: Recorded, ...words: string[]) {
  const invocation = parseInvocation(words, commands);
  if (invocation.kind !== "run") throw new Error("no command");
  const command = commands[invocation.command];
  if (!command) throw new Error("no command");
  return command.run(invocation.parsed, context, new AbortController().signal);
}

const passage: Passage = {
  id: "s:0",
  setId: "s",
  document: "Guide",
  text: "Guide > Pool\n\nSet the size.",
  headingPath: ["Guide", "Pool"],
  anchor: "a.pool",
  version: "3.2.1",
  score: 0.5,
  foundBy: [{ leg: "lexical", rank: 1, share: 1 }],
};

test("search prints one object of the promised shape and nothing else", async () => {
  const asked: SearchRequest[] = [];
  const recorded = fakeContext({
    search: (request) => {
      asked.push(request);
      return Promise.resolve({ answered: true, results: [passage] });
    },
  });
  const code = await run(
    recorded,
    "search",
    "--json",
    "-k",
    "3",
    "--store",
    "s",
    "--spring-boot",
    "3.2.1",
    "how",
    "large?",
  );
  expect(code).toBe(0);
  expect(JSON.parse(recorded.out())).toEqual({
    answered: true,
    results: [
      {
        text: passage.text,
        anchor: "a.pool",
        headingPath: ["Guide", "Pool"],
        page: null,
        document: "Guide",
        version: "3.2.1",
        score: 0.5,
      },
    ],
  });
  expect(asked).toEqual([
    {
      question: "how large?",
      count: 3,
      without: [],
      store: resolve("/work-folder", "s"),
      springBootVersion: "3.2.1",
    },
  ]);
});

test("search that finds nothing ends with 1", async () => {
  const recorded = fakeContext({ search: () => Promise.resolve({ answered: false, results: [] }) });
  expect(await run(recorded, "search", "sourdough")).toBe(1);
  expect(recorded.out()).toBe("");
});

test("a file of questions becomes a file of results; of a line only its question is used", async () => {
  const input = join(folder, "in.jsonl");
  const output = join(folder, "run.jsonl");
  const gold = { gold: [{ anchor: "secret" }], must_contain: ["secret"] };
  await writeFile(
    input,
    `${JSON.stringify({ id: "A", question: "one", selection: "code", ...gold })}\n\n${JSON.stringify({ id: "B", question: "two", selection: null, ...gold })}\n`,
  );
  const asked: SearchRequest[] = [];
  const recorded = fakeContext({
    search: (request) => {
      asked.push(request);
      return Promise.resolve({ answered: true, results: [passage] });
    },
  });
  expect(await run(recorded, "search", "--questions", input, "--out", output)).toBe(0);
  const lines = (await readFile(output, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { id: string });
  expect(lines.map(({ id }) => id)).toEqual(["A", "B"]);
  expect(asked).toEqual([
    { question: "one", selection: "code", count: 10, without: [] },
    { question: "two", count: 10, without: [] },
  ]);
  expect(recorded.out()).toBe("");
});

test("a line that is no question is named", async () => {
  const input = join(folder, "in.jsonl");
  await writeFile(input, `{"id":"A","question":"one"}\n{"id":"B"}\n`);
  await expect(
    run(fakeContext({}), "search", "--questions", input, "--out", join(folder, "run")),
  ).rejects.toMatchObject({
    failure: { kind: "bad-argument", what: expect.stringContaining("Line 2") as string },
  });
});

test.each([
  [["search"], "needs a question"],
  [["search", "-k", "0", "x"], "-k takes a whole number"],
  [["search", "-k", "ten", "x"], "-k takes a whole number"],
  [["search", "--questions", "in"], "belong together"],
  [["search", "--spring-boot", "latest", "x"], "no Spring Boot version"],
  [["search", "--without", "luck", "x"], '"luck"'],
  [["index"], "needs a path"],
  [["generate"], "needs an instruction"],
  [["generate", "--lines", "1-2", "x"], "--lines needs --file"],
  [["generate", "--json", "--events", "x"], "not both"],
  [["explain", "--host", "::::", "x"], "no address"],
  [["sources", "forget"], 'not "forget"'],
])("%j is refused", async (words, part) => {
  const recorded = fakeContext({ sets: () => Promise.resolve([]) });
  await expect(run(recorded, ...words)).rejects.toMatchObject({
    failure: { kind: "bad-argument", what: expect.stringContaining(part) as string },
  });
});

test("index makes paths absolute and passes its flags on", async () => {
  const asked: IndexRequest[] = [];
  const recorded = fakeContext({
    index: (request) => {
      asked.push(request);
      return Promise.resolve({
        sets: [],
        read: 0,
        unchanged: 0,
        passedOver: [{ path: "x.bin", why: "no document" }],
        embedded: 0,
        reused: 0,
        packaged: 0,
        timings: { read: 0, embed: 0, store: 0, check: 0 },
        check: { asked: 0, byVectors: 0, byWords: 0 },
      });
    },
  });
  expect(await run(recorded, "index", "docs", "--name", "N", "--spring-boot", "3.2")).toBe(1);
  const path = resolve("/work-folder", "docs");
  expect(asked).toEqual([{ sources: [{ path, origin: path }], name: "N", springBootVersion: "3.2" }]);
  expect(recorded.said()).toContain("Passed over x.bin: no document");
});

const result: AnswerResult = {
  text: "class App {}",
  passages: [passage],
  citations: [],
  truncated: false,
  leftOut: [],
  timings: { retrieval: 1, firstToken: 2, total: 3 },
};

function answering(asked: AnswerRequest[]): Recorded {
  return fakeContext(
    {
      answer: (request, onEvent) => {
        asked.push(request);
        onEvent({ type: "status", status: "writing" });
        onEvent({ type: "token", text: "class " });
        onEvent({ type: "token", text: "App {}" });
        return Promise.resolve(result);
      },
      projectFacts: ({ path }) =>
        Promise.resolve({ directory: path, starters: [], language: "java", springBootVersion: "3.2.5" }),
    },
    { environment: { OLLAMA_HOST: "127.0.0.1:11999", DOCWRIGHT_MODEL: "small" } },
  );
}

test("generate streams the answer alone to standard output", async () => {
  const asked: AnswerRequest[] = [];
  const recorded = answering(asked);
  expect(await run(recorded, "generate", "an", "entry point")).toBe(0);
  expect(recorded.out()).toBe("class App {}\n");
  expect(recorded.said().join("\n")).toContain("Guide > Pool");
  expect(asked).toEqual([
    {
      kind: "generate",
      instruction: "an entry point",
      history: [],
      withDocuments: true,
      model: { host: "127.0.0.1:11999", model: "small" },
    },
  ]);
});

test("that the documents do not answer is said beside the answer, not in it", async () => {
  const recorded = fakeContext({
    answer: (_request, onEvent) => {
      onEvent({ type: "passages", passages: [], answered: false });
      return Promise.resolve({ ...result, passages: [], answered: false });
    },
  });
  expect(await run(recorded, "explain", "--json", "x")).toBe(0);
  expect(recorded.said()).toContain(
    "The documents do not answer this: the answer comes from the model alone.",
  );
  expect(JSON.parse(recorded.out())).toMatchObject({ answered: false, passages: [] });
});

test("generate --events prints what happens as JSON lines, done last", async () => {
  const recorded = answering([]);
  await run(recorded, "generate", "--events", "x");
  const types = recorded
    .out()
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { type: string }).type);
  expect(types).toEqual(["status", "token", "token", "done"]);
});

test("explain takes lines of a file, and the version from the project", async () => {
  const file = join(folder, "App.java");
  await writeFile(file, "one\ntwo\nthree\nfour\n");
  const asked: AnswerRequest[] = [];
  const recorded = answering(asked);
  expect(
    await run(recorded, "explain", "--project", folder, "--file", file, "--lines", "2-3", "--json"),
  ).toBe(0);
  expect(JSON.parse(recorded.out())).toMatchObject({ model: "small", text: "class App {}" });
  expect(asked[0]).toMatchObject({
    kind: "explain",
    springBootVersion: "3.2.5",
    selection: {
      text: "two\nthree",
      before: "one",
      after: "four\n",
      startLine: 2,
      endLine: 3,
      languageId: "java",
      file: "App.java",
    },
  });
});

test("a project that names no version is not answered from whatever is there", async () => {
  const recorded = fakeContext({
    projectFacts: ({ path }) => Promise.resolve({ directory: path, starters: [], language: "java" }),
  });
  await expect(run(recorded, "generate", "--project", folder, "x")).rejects.toMatchObject({
    failure: { kind: "version-unknown" },
  });
});

test("sources removes by name, and asks for the id when two sets share it", async () => {
  const set = {
    id: "a",
    name: "Guide",
    origin: "/g",
    documents: 1,
    passages: 1,
    embedded: 1,
    bytes: 1,
    indexedAt: "",
    state: "ready",
  } as const;
  const removed: string[] = [];
  const removeSet = ({ setId }: { setId: string }) => {
    removed.push(setId);
    return Promise.resolve();
  };
  expect(
    await run(fakeContext({ sets: () => Promise.resolve([set]), removeSet }), "sources", "remove", "Guide"),
  ).toBe(0);
  expect(removed).toEqual(["a"]);
  const two = fakeContext({ sets: () => Promise.resolve([set, { ...set, id: "b" }]), removeSet });
  await expect(run(two, "sources", "remove", "Guide")).rejects.toMatchObject({
    failure: { kind: "bad-argument" },
  });
  expect(removed).toEqual(["a"]);
});

test("doctor ends with 2 when something fails", async () => {
  const check = { name: "Server", state: "fail", detail: "No answer.", remedy: "Start it." } as const;
  const recorded = fakeContext({ doctor: () => Promise.resolve([check]) });
  expect(await run(recorded, "doctor")).toBe(2);
  expect(recorded.out()).toContain("FAIL  Server: No answer.");
});

describe("check", () => {
  const finding = {
    rule: "unknown-property",
    level: "warning",
    path: "/work-folder/app.properties",
    line: 2,
    column: 1,
    message: "There is no such key.",
  } as const;
  const report = (more: Partial<CheckReport>): CheckReport => ({
    files: [{ path: "/work-folder/app.properties", findings: [] }],
    notChecked: [],
    judgedBy: "nothing",
    timings: { classpath: 0, compile: 0, total: 0 },
    ...more,
  });

  test.each([
    ["clean", report({}), 0],
    ["info only", report({ files: [{ path: finding.path, findings: [{ ...finding, level: "info" }] }] }), 0],
    ["a finding", report({ files: [{ path: finding.path, findings: [finding] }] }), 1],
    ["not checked", report({ notChecked: [{ why: "No JDK." }] }), 2],
    [
      "a finding and something not checked",
      report({ files: [{ path: finding.path, findings: [finding] }], notChecked: [{ why: "No JDK." }] }),
      1,
    ],
  ])("%s ends with its own status", async (_name, given, expected) => {
    const recorded = fakeContext({ check: () => Promise.resolve(given) });
    expect(await run(recorded, "check", "app.properties")).toBe(expected);
  });

  test("prints findings under the names that were given", async () => {
    const found = report({ files: [{ path: finding.path, findings: [finding] }] });
    const recorded = fakeContext({ check: () => Promise.resolve(found) });
    await run(recorded, "check", "app.properties", "--json");
    expect(JSON.parse(recorded.out())).toMatchObject({
      files: [{ path: "app.properties", findings: [{ rule: "unknown-property", line: 2, fix: null }] }],
    });
  });

  test("trusts a project that is named, and no other", async () => {
    const asked: CheckRequest[] = [];
    const recorded = fakeContext({
      check: (request) => {
        asked.push(request);
        return Promise.resolve(report({}));
      },
    });
    await run(recorded, "check", "app.properties");
    await run(recorded, "check", "app.properties", "--project", "shop");
    expect(asked.map(({ trusted, project }) => [trusted, project])).toEqual([
      [false, undefined],
      [true, "/work-folder/shop"],
    ]);
  });
});

describe("changes", () => {
  const found: VersionChanges = {
    ...{
      from: "3.2.1",
      to: "3.2.12",
      compared: [{ from: "A", to: "B" }],
      leftOut: [],
      common: 2,
      renumbered: 0,
    },
    changes: [
      {
        kind: "added",
        after: { document: "B", headingPath: ["Web", "Cups"], anchor: "web.cups", text: "# Web > Cups" },
        lines: [{ kind: "added", text: "Cups are new." }],
      },
    ],
  };

  test("asks for the two versions and what it is about", async () => {
    const asked: ChangesRequest[] = [];
    const recorded = fakeContext({
      changes: (request) => {
        asked.push(request);
        return Promise.resolve(found);
      },
    });
    expect(await run(recorded, "changes", "--from", "3.2.1", "--to", "3.2.12", "cups", "of", "tea")).toBe(0);
    expect(asked).toEqual([{ from: "3.2.1", to: "3.2.12", about: "cups of tea" }]);
    expect(recorded.out()).toContain("## Added: Web > Cups (#web.cups)\n\n```diff\n+ Cups are new.\n```");
  });

  test("finds nothing with 1, and says that nothing answers", async () => {
    const narrowed = { by: "question", answered: false, unchanged: [] } as const;
    const recorded = fakeContext({ changes: () => Promise.resolve({ ...found, changes: [], narrowed }) });
    expect(await run(recorded, "changes", "--from", "3.2", "--to", "3.3", "--json", "x")).toBe(1);
    expect(JSON.parse(recorded.out())).toMatchObject({ changes: [] });
    expect(recorded.said()).toEqual(["The documents do not seem to answer this."]);
  });

  test.each([[["--from", "3.2.1"]], [["--from", "3.2.1", "--to", "newest"]]])("refuses %j", async (words) => {
    await expect(run(fakeContext({}), "changes", ...words)).rejects.toMatchObject({
      failure: { kind: "bad-argument" },
    });
  });
});
