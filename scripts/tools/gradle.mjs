// The Gradle that the tests ask for a class path.
import { findProgram } from "../shared/programs.mjs";
import { isMain, runMain } from "../shared/runCommand.mjs";
import { say } from "../shared/say.mjs";
import { installPackage } from "./debianPackage.mjs";

/** @returns {Promise<string>} The program. */
export async function provideGradle() {
  const found = findProgram("gradle");
  if (found) return found;
  await installPackage("Gradle", "gradle");
  const installed = findProgram("gradle");
  if (!installed) throw new Error("apt-get installed Gradle, but it is not to be found");
  return installed;
}

if (isMain(import.meta.url)) await runMain(async () => say(`Gradle is ${await provideGradle()}`));
