/**
 * Nothing gets out: the extension is installed, indexes, generates, chats and asks again in a network namespace that has the loopback alone, and
 * strace writes down every connect meanwhile. What is done and compared in there is `test/inside/egress.inside.test.ts`.
 */
import { execFile } from "node:child_process";
import { expect, test } from "vitest";
import { installPackage } from "../../scripts/tools/debianPackage.mjs";
import { providePackage } from "../../scripts/tools/package.mjs";
import { findProgram } from "../../scripts/shared/programs.mjs";
import { repositoryRoot } from "../../scripts/shared/repositoryRoot.mjs";

test("all of it works without a network, and connects to what the ledger says", async () => {
  if (!findProgram("strace")) await installPackage("strace", "strace");
  if (!findProgram("ip")) await installPackage("the command ip", "iproute2");
  await providePackage(); // what is fetched to make it is fetched out here
  const inside = "ip link set lo up && exec node node_modules/vitest/vitest.mjs run --project inside";
  const env = { ...process.env, DOCWRIGHT_TEST_OLLAMA: undefined, NO_COLOR: "1" }; // that server is out here
  const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile(
      "unshare",
      ["--net", "--map-root-user", "sh", "-c", inside],
      { cwd: repositoryRoot, env, maxBuffer: 1e7 },
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
  expect(code, output).toBe(0);
  expect(output).toMatch(/Tests\s+3 passed/);
}, 600_000);
