// The browser that the tests drive the editor's page with.
import { existsSync, readFileSync } from "node:fs";
import { findProgram } from "../shared/programs.mjs";
import { isMain, mustRun, runCommand, runMain } from "../shared/runCommand.mjs";
import { say, withHeartbeat } from "../shared/say.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** @returns {string | undefined} */
export function findChromium() {
  const named = process.env["DOCWRIGHT_CHROMIUM"];
  if (named) return existsSync(named) ? named : undefined;
  // Debian's /usr/bin/chromium is a shell script around this one.
  if (existsSync("/usr/lib/chromium/chromium")) return "/usr/lib/chromium/chromium";
  return NAMES.map(findProgram).find((program) => program !== undefined);
}

/** @returns {boolean} Whether this script may install it: as root on Debian; never through sudo. */
export function canInstallChromium() {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !findProgram("apt-get")) return false;
  try {
    // Ubuntu's package of that name is a snap, which does not run everywhere.
    return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

/** @returns {Promise<string>} The program. */
export async function provideChromium() {
  const found = findChromium();
  if (found) return found;
  if (!canInstallChromium())
    throw new Error("there is no Chromium, and only root on Debian can install it here");
  say("installing Chromium for the whole system: apt-get install chromium (as root, for the tests)");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const install = ["install", "-y", "-q", "--no-install-recommends", "chromium"];
  await withHeartbeat("still installing Chromium", async () => {
    const first = await runCommand("apt-get", install, { env });
    if (first.exitCode === 0) return;
    await mustRun("refresh the list of Debian packages", "apt-get", ["update", "-q"], { env });
    await mustRun("install Chromium", "apt-get", install, { env });
  });
  const installed = findChromium();
  if (!installed) throw new Error("apt-get installed Chromium, but it is not to be found");
  return installed;
}

if (isMain(import.meta.url)) await runMain(async () => say(`Chromium is ${await provideChromium()}`));
