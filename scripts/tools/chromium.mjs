// The browser that the tests drive the editor's page with.
import { existsSync } from "node:fs";
import { findProgram } from "../shared/programs.mjs";
import { isMain, runMain } from "../shared/runCommand.mjs";
import { say } from "../shared/say.mjs";
import { installPackage } from "./debianPackage.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** @returns {string | undefined} */
export function findChromium() {
  const named = process.env["DOCWRIGHT_CHROMIUM"];
  if (named) return existsSync(named) ? named : undefined;
  // Debian's /usr/bin/chromium is a shell script around this one.
  if (existsSync("/usr/lib/chromium/chromium")) return "/usr/lib/chromium/chromium";
  return NAMES.map(findProgram).find((program) => program !== undefined);
}

/** @returns {Promise<string>} The program. */
export async function provideChromium() {
  const found = findChromium();
  if (found) return found;
  await installPackage("Chromium", "chromium");
  const installed = findChromium();
  if (!installed) throw new Error("apt-get installed Chromium, but it is not to be found");
  return installed;
}

if (isMain(import.meta.url)) await runMain(async () => say(`Chromium is ${await provideChromium()}`));
