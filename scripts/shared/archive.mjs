// Jars and wheels are zip archives; the JDK that Docwright needs anyway brings a program that unpacks them.
import { existsSync } from "node:fs";
import path from "node:path";
import { mustRun } from "./runCommand.mjs";

/** @returns {string} The JDK's `jar`: of JAVA_HOME when that has one, else of the PATH. */
export function jarProgram() {
  const home = process.env["JAVA_HOME"];
  if (home) {
    const program = path.join(home, "bin", process.platform === "win32" ? "jar.exe" : "jar");
    if (existsSync(program)) return program;
  }
  return "jar";
}

/**
 * @param {string} archive An absolute path.
 * @param {string} folder Where the entries go; it has to exist.
 * @param {readonly string[]} entries The entries to unpack.
 */
export async function unpackZip(archive, folder, entries) {
  await mustRun(`unpack ${path.basename(archive)}`, jarProgram(), ["xf", archive, ...entries], {
    cwd: folder,
  });
}
