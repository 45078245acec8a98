/**
 * The tasks that the package brings along, with the real compiler and the real jars of their Spring Boot: references are right, what the
 * rules break is wrong. One compilation holds all files of a round, because starting each alone would take minutes.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCompilerJar } from "../../../scripts/tools/compilerJar.mjs";
import { readTasks } from "../../../src/adapters/calibration/taskFiles";
import { createChecking, type Checking } from "../../../src/adapters/engine/checking";
import { filesFor, type AnswerFile } from "../../../src/core/answer/answerFiles";
import { breakTask } from "../../../src/core/tasks/breakTask";
import { labelOf, missingSymbols } from "../../../src/core/tasks/judgeTask";
import { fenced, spreadOverTopics, tasksVersion, type Task } from "../../../src/core/tasks/task";
import { guideClasspathFile } from "../guide/guideClasspath";

const root = resolve(import.meta.dirname, "../../..");
const { signal } = new AbortController();
const folder = mkdtempSync(join(tmpdir(), "docwright-tasks-"));
const tasks = await readTasks(root, signal);
let checking: Checking;

beforeAll(async () => {
  await buildCompilerJar();
  guideClasspathFile(); // its jars are in the local repository afterwards
  checking = createChecking({ packageRoot: root, defaultStore: folder });
}, 600_000);
afterAll(() => {
  checking.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Labels of one answer to each of the tasks. */
async function labels(answers: readonly { readonly task: Task; readonly answer: string }[]) {
  const files = answers.map(({ task, answer }) => filesFor(task.file, answer));
  const pathOf = (index: number, { name }: AnswerFile) => join(folder, `${index}`, name);
  const report = await checking.check(
    {
      files: files.flatMap((own, index) =>
        own.map((file) => ({ path: pathOf(index, file), text: file.text })),
      ),
      springBootVersion: tasksVersion,
      offline: false,
      trusted: false,
    },
    () => undefined,
    signal,
  );
  return answers.map(({ task }, index) => {
    const own = files[index] ?? [];
    return {
      id: task.id,
      ...labelOf(
        task,
        own,
        report,
        own.map((file) => pathOf(index, file)),
      ),
    };
  });
}

describe("the tasks", () => {
  test("are at least 60, of many topics, each by its own name", () => {
    expect(tasks.length).toBeGreaterThanOrEqual(60);
    expect(new Set(tasks.map(({ topic }) => topic)).size).toBeGreaterThanOrEqual(8);
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
    expect(new Set(spreadOverTopics(tasks, 8).map(({ topic }) => topic)).size).toBe(8);
  });

  test("have references that compile, draw no finding and use what is expected", async () => {
    const judged = await labels(tasks.map((task) => ({ task, answer: fenced(task, task.reference) })));
    expect(judged.filter(({ kind }) => kind !== "right")).toEqual([]);
  }, 300_000);

  test.each([0, 1])(
    "are wrong when a rule has broken them (%i)",
    async (which) => {
      const broken = tasks.map((task) => ({ task, ...(breakTask(task, 2)[which] ?? { how: "", text: "" }) }));
      expect(broken.filter(({ text }) => text === "").map(({ task }) => task.id)).toEqual([]);
      const judged = await labels(broken.map(({ task, text }) => ({ task, answer: fenced(task, text) })));
      const unseen = judged.flatMap(({ id, kind }, index) =>
        kind === "wrong" ? [] : [`${id}: ${kind}, ${broken[index]?.how ?? ""}`],
      );
      expect(unseen).toEqual([]);
    },
    300_000,
  );
});

describe("an answer", () => {
  const task = { file: "Answer.java", expects: ["@Bean", "RestClient|WebClient", "hasRole"] };

  test("is cut into its files of the language that was asked for", () => {
    const answer =
      "Two classes:\n```java\npackage a;\npublic class A {}\npublic class B {}\n```\n```yaml\nx: 1\n```\n";
    expect(filesFor(task.file, answer).map(({ name }) => name)).toEqual(["A.java", "B.java"]);
    expect(filesFor("application.yaml", answer)).toEqual([{ name: "application.yaml", text: "x: 1" }]);
    expect(filesFor(task.file, "I cannot help with that.")).toEqual([]);
  });

  test.each([
    ["@Bean RestClient c() {} @PreAuthorize(\"hasRole('A')\")", []],
    ["// @Bean RestClient hasRole", ["@Bean", "RestClient|WebClient", "hasRole"]],
    ["@BeanTypes RestClients x.hasRoles()", ["@Bean", "RestClient|WebClient", "hasRole"]],
    ["@Bean WebClient http.hasRole()", []],
  ])("uses what is expected: %s", (text, missing) => {
    expect(missingSymbols(task, [{ name: "A.java", text }])).toEqual(missing);
  });

  test("uses a property also where YAML writes it as a tree", () => {
    const expects = ["server.port", "spring.main.banner-mode"];
    const text = "server:\n  port: 1\nspring:\n  main.banner-mode: off\n";
    expect(missingSymbols({ expects }, [{ name: "application.yaml", text }])).toEqual([]);
  });
});
