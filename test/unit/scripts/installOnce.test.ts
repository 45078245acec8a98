import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { repositoryRoot } from "../../../scripts/shared/repositoryRoot.mjs";

const MODULE = pathToFileURL(path.join(repositoryRoot, "scripts", "shared", "installOnce.mjs")).href;

let cache: string;
beforeEach(() => (cache = mkdtempSync(path.join(tmpdir(), "docwright-cache-"))));
afterEach(() => rmSync(cache, { recursive: true, force: true }));

/** A separate process that installs `tool-1` in half a second and notes that it did. */
function installer(body = "") {
  const log = path.join(cache, "log");
  const source = `
    import { appendFileSync, existsSync, writeFileSync } from "node:fs";
    import { installOnce } from ${JSON.stringify(MODULE)};
    const folder = await installOnce({
      name: "tool-1",
      isComplete: async (folder) => existsSync(folder + "/done"),
      install: async (folder) => {
        appendFileSync(${JSON.stringify(log)}, "installed\\n");
        ${body}
        await new Promise((resolve) => setTimeout(resolve, 500));
        writeFileSync(folder + "/done", "");
      },
    });
    console.log(folder);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    env: { ...process.env, DOCWRIGHT_CACHE: cache },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  return new Promise<{ code: number | null; output: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, output: output.trim() })),
  );
}

const installations = () => readFileSync(path.join(cache, "log"), "utf8").trim().split("\n").length;

test("two runs at once install once and find the same folder", async () => {
  const runs = await Promise.all([installer(), installer()]);
  const target = path.join(cache, "tool-1");
  expect(runs).toEqual([
    { code: 0, output: target },
    { code: 0, output: target },
  ]);
  expect(installations()).toBe(1);
});

test("a killed run leaves nothing that a later run takes for the tool", async () => {
  const killed = await installer('process.kill(process.pid, "SIGKILL");');
  expect(killed.code).toBe(null);
  expect(readdirSync(cache)).not.toContain("tool-1");
  expect((await installer()).code).toBe(0);
  expect(installations()).toBe(2);
  expect(readdirSync(cache).filter((name) => name.startsWith("tool-1"))).toEqual(["tool-1"]);
});

test("a damaged tool is installed again", async () => {
  await installer();
  rmSync(path.join(cache, "tool-1", "done"));
  expect((await installer()).code).toBe(0);
  expect(installations()).toBe(2);
});

test("a lock of a dead process is taken over", async () => {
  writeFileSync(path.join(cache, "tool-1.lock"), JSON.stringify({ pid: 2 ** 30, host: hostname() }));
  expect((await installer()).code).toBe(0);
});
