// Where fetched and built tools live: outside the clone, so that later clones reuse them and `npm run clean` can remove them.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

// The tag of https://bford.info/cachedir/: backup programs pass such a folder over, and `npm run clean` removes no folder without it.
const TAG_NAME = "CACHEDIR.TAG";
const TAG_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n";

/** @returns {string} The absolute path of the tool cache; the folder need not exist. */
export function cacheFolder() {
  const { DOCWRIGHT_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (DOCWRIGHT_CACHE) return path.resolve(DOCWRIGHT_CACHE);
  if (XDG_CACHE_HOME) return path.join(path.resolve(XDG_CACHE_HOME), "docwright");
  if (process.platform === "darwin") return path.join(homedir(), "Library", "Caches", "docwright");
  // Indexes live in %LOCALAPPDATA%\docwright, so the tools get a folder of their own inside it.
  if (process.platform === "win32" && LOCALAPPDATA) return path.join(LOCALAPPDATA, "docwright", "cache");
  return path.join(homedir(), ".cache", "docwright");
}

/** @returns {string} The tool cache, created and tagged. */
export function ensureCacheFolder() {
  const folder = cacheFolder();
  mkdirSync(folder, { recursive: true });
  const tag = path.join(folder, TAG_NAME);
  if (!existsSync(tag))
    writeFileSync(tag, `${TAG_SIGNATURE}# Tools of Docwright; \`npm run clean\` removes this folder.\n`);
  return folder;
}

/**
 * @param {string} folder
 * @returns {boolean} Whether the folder is a tool cache that these scripts made.
 */
export function isOwnCache(folder) {
  return existsSync(path.join(folder, TAG_NAME));
}
