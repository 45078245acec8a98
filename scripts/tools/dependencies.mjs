// Installs the project's packages when they are not exactly what the lockfile says.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../shared/repositoryRoot.mjs";
import { mustRun } from "../shared/runCommand.mjs";
import { say, withHeartbeat } from "../shared/say.mjs";

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>}
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

function areCurrent() {
  const installedList = path.join(repositoryRoot, "node_modules", ".package-lock.json");
  if (!existsSync(installedList)) return false;
  const installed = packagesOf(installedList);
  return Object.entries(packagesOf(path.join(repositoryRoot, "package-lock.json"))).every(
    ([place, wanted]) =>
      place === "" || wanted.optional || wanted.devOptional || installed[place]?.version === wanted.version,
  );
}

/** Runs `npm ci` if it has to. */
export async function provideDependencies() {
  if (areCurrent()) return;
  say("installing the project's packages: npm ci");
  await withHeartbeat("still installing packages", () =>
    mustRun("install the project's packages", "npm", ["ci", "--no-progress"], { cwd: repositoryRoot }),
  );
}
