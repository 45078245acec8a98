import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/**
 * @param {string} name
 * @returns {string | undefined} Where the PATH has the program.
 */
export function findProgram(name) {
  const windows = process.platform === "win32";
  const endings = windows ? (process.env["PATHEXT"] ?? ".EXE;.CMD").split(";") : [""];
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    for (const ending of endings) {
      const candidate = path.join(folder, name + ending);
      if (folder && isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
