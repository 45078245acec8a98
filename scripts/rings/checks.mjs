// Types, lint and formatting: each counts as one test.
import path from "node:path";
import { repositoryRoot } from "../shared/repositoryRoot.mjs";
import { runCommand } from "../shared/runCommand.mjs";

const TYPED_PROJECTS = [".", "src/webview", "scripts"];

/**
 * @param {string} packageName
 * @param {string} file
 */
const program = (packageName, file) => path.join(repositoryRoot, "node_modules", packageName, file);

/** @param {readonly string[]} args */
async function passes(args) {
  const { exitCode } = await runCommand(process.execPath, args, { cwd: repositoryRoot, output: "inherit" });
  return exitCode === 0;
}

async function types() {
  const results = [];
  for (const project of TYPED_PROJECTS) {
    results.push(await passes([program("typescript", "bin/tsc"), "--noEmit", "-p", project]));
  }
  return results.every(Boolean);
}

export const CHECKS = {
  types,
  lint: () => passes([program("eslint", "bin/eslint.js"), "."]),
  format: () => passes([program("prettier", "bin/prettier.cjs"), "--check", "--log-level", "warn", "."]),
};
