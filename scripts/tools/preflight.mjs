// Lists everything that is missing, at once and before anything is fetched, each with a one-line remedy. It imports nothing that an old Node
// would stumble over.
import { cacheFolder } from "../shared/cacheFolder.mjs";
import { jarProgram } from "../shared/archive.mjs";
import { findProgram } from "../shared/programs.mjs";
import { runCommand } from "../shared/runCommand.mjs";
import { canInstallPackages } from "./debianPackage.mjs";
import { say } from "../shared/say.mjs";
import { existsSync } from "node:fs";
import path from "node:path";

const OLDEST_NODE = 20;
const OLDEST_JDK = 17;
const OLDEST_GO = { major: 1, minor: 24 };

/** What to install, by package manager; a remedy is one line that the developer runs. */
const REMEDIES = {
  git: { apt: "apt-get install git", brew: "brew install git", winget: "winget install Git.Git" },
  node: { any: "install Node 20 or newer from https://nodejs.org" },
  jdk: {
    apt: "apt-get install openjdk-17-jdk-headless",
    brew: "brew install openjdk@17",
    winget: "winget install EclipseAdoptium.Temurin.17.JDK",
  },
  maven: { apt: "apt-get install maven", brew: "brew install maven", winget: "winget install Apache.Maven" },
  ollama: { any: "install Ollama from https://ollama.com/download" },
  go: { any: "install Go 1.24 or newer from https://go.dev/dl, or Ollama from https://ollama.com/download" },
  compiler: {
    apt: "apt-get install g++",
    any: "install a C++ compiler, or Ollama from https://ollama.com/download",
  },
  pip: {
    apt: "apt-get install python3-pip",
    brew: "brew install python",
    winget: "winget install Python.Python.3.13",
  },
  gradle: {
    apt: "apt-get install gradle",
    brew: "brew install gradle",
    winget: "winget install Gradle.Gradle",
  },
  chromium: { apt: "apt-get install chromium", any: "install Chromium and name it in DOCWRIGHT_CHROMIUM" },
};

/** @param {{ apt?: string, brew?: string, winget?: string, any?: string }} remedy */
function oneLine(remedy) {
  const manager =
    process.platform === "win32"
      ? "winget"
      : process.platform === "darwin"
        ? "brew"
        : findProgram("apt-get")
          ? "apt"
          : undefined;
  if (manager === "apt" && remedy.apt) return process.getuid?.() === 0 ? remedy.apt : `sudo ${remedy.apt}`;
  return (
    (manager && remedy[manager]) ??
    remedy.any ??
    `install it with your package manager (Debian: ${remedy.apt})`
  );
}

/**
 * @typedef {object} Needs
 * @property {import("./ollama.mjs").OllamaPlan} [ollama] Go and a compiler are needed only when it has to be built.
 * @property {string} [wheelFolder] pip is needed unless the cache has this folder.
 * @property {boolean} [chromium]
 * @property {boolean} [gradle]
 */

/**
 * @param {Needs} needs
 * @returns {Promise<string[]>} What is missing, with its remedy; empty when all is there.
 */
export async function missing(needs) {
  /** @type {string[]} */
  const found = [];
  /** @param {string} what @param {keyof typeof REMEDIES} remedy */
  const lack = (what, remedy) => found.push(`${what}: ${oneLine(REMEDIES[remedy])}`);

  if (!findProgram("git")) lack("git", "git");
  const node = Number(process.versions.node.split(".")[0]);
  if (node < OLDEST_NODE) lack(`Node ${OLDEST_NODE} or newer (this is ${process.versions.node})`, "node");
  const jdk = await jdkVersion();
  if (jdk === undefined) lack(`a JDK, ${OLDEST_JDK} or newer`, "jdk");
  else if (jdk < OLDEST_JDK) lack(`JDK ${OLDEST_JDK} or newer (this is ${jdk})`, "jdk");
  if (!findProgram("mvn")) lack("Maven", "maven");

  if (needs.ollama?.kind === "build") await checkBuildTools(needs.ollama.reason, lack);
  if (needs.wheelFolder && !existsSync(path.join(cacheFolder(), needs.wheelFolder)) && !(await hasPip())) {
    lack("Python 3 with pip, for the small model", "pip");
  }
  if (needs.chromium) {
    const { findChromium } = await import("./chromium.mjs");
    if (!findChromium() && !canInstallPackages())
      lack("Chromium, for the tests of the user interface", "chromium");
  }
  if (needs.gradle && !findProgram("gradle") && !canInstallPackages())
    lack("Gradle, for its tests", "gradle");
  return found;
}

/**
 * @param {string} reason
 * @param {(what: string, remedy: keyof typeof REMEDIES) => void} lack
 */
async function checkBuildTools(reason, lack) {
  if (process.platform !== "linux") {
    lack(`Ollama (${reason})`, "ollama");
    return;
  }
  const go = /go(\d+)\.(\d+)/.exec((await runCommand("go", ["version"])).output);
  const isNewEnough = go && (Number(go[1]) > OLDEST_GO.major || Number(go[2]) >= OLDEST_GO.minor);
  if (!isNewEnough)
    lack(`Go ${OLDEST_GO.major}.${OLDEST_GO.minor} or newer, to build Ollama, as ${reason}`, "go");
  const compiler = process.env["CXX"] ?? "g++";
  if (!findProgram(compiler) && !existsSync(compiler)) lack("a C++ compiler, to build Ollama", "compiler");
}

/** @returns {Promise<number | undefined>} The major version of the JDK whose `jar` we use. */
async function jdkVersion() {
  const { exitCode, output } = await runCommand(jarProgram().replace(/jar(\.exe)?$/, "javac$1"), [
    "-version",
  ]);
  const version = /javac (?:1\.)?(\d+)/.exec(output)?.[1];
  return exitCode === 0 && version ? Number(version) : undefined;
}

async function hasPip() {
  for (const python of ["python3", "python"]) {
    if (findProgram(python) && (await runCommand(python, ["-m", "pip", "--version"])).exitCode === 0)
      return true;
  }
  return false;
}

/**
 * Says what is missing.
 * @param {Needs} needs
 * @returns {Promise<boolean>} Whether all is there.
 */
export async function preflight(needs) {
  const lacking = await missing(needs);
  if (lacking.length === 0) return true;
  say("missing on this machine; nothing was fetched or installed yet:");
  for (const line of lacking) say(`  ${line}`);
  return false;
}
