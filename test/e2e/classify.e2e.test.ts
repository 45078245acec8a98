/** `docwright classify` with the real server and the small model: killed in the middle, then gone on with. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestOllama, TEST_MODEL, type TestOllama } from "../support/ollamaServer";

const cli = resolve(import.meta.dirname, "../../dist/cli.cjs");
const folder = mkdtempSync(join(tmpdir(), "docwright-classify-e2e-"));
const input = join(folder, "in.jsonl");
const output = join(folder, "out.jsonl");
const documents = 40;
let ollama: TestOllama;

beforeAll(async () => {
  ollama = await startTestOllama();
  const lines = Array.from({ length: documents }, (_, index) =>
    JSON.stringify({
      id: `d${index}`,
      label: index % 2,
      document: `${index} is an ${index % 2 === 1 ? "even" : "odd"} number.`,
      kept: index,
    }),
  );
  lines[10] = "not JSON";
  writeFileSync(input, `${lines.join("\n")}\n`);
});

afterAll(async () => {
  await ollama.stop();
  rmSync(folder, { recursive: true, force: true });
});

const words = (...more: string[]) => [
  cli,
  ...["classify", "--input", input, "--output", output, "--model", TEST_MODEL, "--host", ollama.url],
  ...["--prompt-text", "Read the document.", "--trailing-instruction", "Is the document correct? Yes or No?"],
  ...more,
];

const written = () => (existsSync(output) ? readFileSync(output, "utf8").split("\n").length - 1 : 0);

test("no line is lost or doubled by a kill", async () => {
  const first = spawn(process.execPath, words(), { stdio: "ignore" });
  const ended = new Promise((done) => first.once("exit", done));
  while (written() < 5 && first.exitCode === null) await pause(20);
  first.kill("SIGKILL");
  await ended;
  const before = written();
  expect(before).toBeGreaterThanOrEqual(5);
  expect(before).toBeLessThan(documents - 1);

  const second = spawnSync(process.execPath, words("--resume"), { encoding: "utf8" });
  expect(second.status, second.stderr).toBe(0);
  expect(second.stderr).toMatch(/Line 11 is kept aside|1 lines are kept aside/);
  const lines = readFileSync(output, "utf8")
    .trim()
    .split("\n")
    .map(
      (line) =>
        JSON.parse(line) as { id: string; kept: number; attributes: number[]; reask: { method: string } },
    );
  expect(lines.map(({ id }) => id)).toEqual(
    Array.from({ length: documents }, (_, index) => `d${index}`).filter((id) => id !== "d10"),
  );
  for (const { id, kept, attributes, reask } of lines) {
    expect(id).toBe(`d${kept}`);
    expect(attributes.length).toBe(4);
    expect(attributes.every((value) => Number.isFinite(value) && Math.abs(value) <= 2)).toBe(true);
    expect(reask.method).toBe("log-probabilities");
  }
  expect(new Set(lines.map(({ attributes }) => attributes[0])).size).toBeGreaterThan(5);
});

test("drafts are labelled in turn and marked", () => {
  const drafts = join(folder, "drafts.jsonl");
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      cli,
      "classify",
      "--output",
      drafts,
      "--synthesize",
      "3",
      "--labels",
      "praise,complaint",
      "--model",
      TEST_MODEL,
      "--host",
      ollama.url,
      "--prompt-text",
      "Comments on a hotel.",
    ],
    { encoding: "utf8" },
  );
  expect(status, stderr).toBe(0);
  const lines = readFileSync(drafts, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { label: number; synthetic: boolean; document: string });
  expect(lines.map(({ label }) => label)).toEqual([0, 1, 0]);
  for (const { synthetic, document } of lines) {
    expect(synthetic).toBe(true);
    expect(document).not.toBe("");
  }
});
