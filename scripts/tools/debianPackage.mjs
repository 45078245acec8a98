// Programs that the tests need and that a machine may lack, from Debian's packages.
import { readFileSync } from "node:fs";
import { findProgram } from "../shared/programs.mjs";
import { mustRun, runCommand } from "../shared/runCommand.mjs";
import { say, withHeartbeat } from "../shared/say.mjs";

/** @returns {boolean} Whether a script may install packages: as root on Debian; never through sudo. */
export function canInstallPackages() {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !findProgram("apt-get")) return false;
  try {
    // Ubuntu's package of Chromium is a snap, which does not run everywhere.
    return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

/**
 * @param {string} title
 * @param {string} name Of the package.
 */
export async function installPackage(title, name) {
  if (!canInstallPackages()) {
    throw new Error(`there is no ${title}, and only root on Debian can install it here`);
  }
  say(`installing ${title} for the whole system: apt-get install ${name} (as root, for the tests)`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const install = ["install", "-y", "-q", "--no-install-recommends", name];
  await withHeartbeat(`still installing ${title}`, async () => {
    const first = await runCommand("apt-get", install, { env });
    if (first.exitCode === 0) return;
    await mustRun("refresh the list of Debian packages", "apt-get", ["update", "-q"], { env });
    await mustRun(`install ${title}`, "apt-get", install, { env });
  });
}
