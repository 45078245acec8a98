// Runs one of the vitest projects and counts.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../shared/repositoryRoot.mjs";
import { runCommand } from "../shared/runCommand.mjs";
import { say } from "../shared/say.mjs";

/**
 * @param {"unit" | "e2e" | "shots"} project
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} filters Parts of file names; all files when empty.
 */
export async function runVitest(project, env, filters) {
  const report = path.join(repositoryRoot, "out", "test", `${project}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const vitest = path.join(repositoryRoot, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { exitCode } = await runCommand(
    process.execPath,
    [vitest, "run", "--project", project, ...reporters, ...filters],
    { cwd: repositoryRoot, env, output: "inherit" },
  );
  return count(JSON.parse(readFileSync(report, "utf8")), exitCode);
}

/**
 * @param {{ testResults: { name: string, status: string, assertionResults: { status: string, fullName: string }[] }[] }} report
 * @param {number} exitCode
 */
function count(report, exitCode) {
  let passed = 0;
  let failed = 0;
  for (const file of report.testResults) {
    const tests = file.assertionResults;
    for (const test of tests) {
      if (test.status === "passed") passed++;
      else failed++;
      if (test.status !== "passed" && test.status !== "failed") {
        say(`${test.status}, counted as failed: ${test.fullName}`);
      }
    }
    // A file that could not be loaded, or whose set-up failed, has no failed test of its own.
    if (file.status === "failed" && !tests.some((test) => test.status === "failed")) failed++;
  }
  if (passed + failed === 0 || (exitCode !== 0 && failed === 0)) failed++;
  return { passed, failed };
}
