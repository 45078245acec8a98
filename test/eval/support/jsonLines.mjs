// Files of one JSON value a line, as benches keep their cases in.
import { existsSync, readFileSync } from "node:fs";

/**
 * @param {string} file
 * @returns {any[]} Its values; blank lines count for nothing.
 */
export function jsonLines(file) {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line));
}

/**
 * @param {string} file One that may not be there yet.
 * @returns {any[]}
 */
export function keptLines(file) {
  return existsSync(file) ? jsonLines(file) : [];
}
