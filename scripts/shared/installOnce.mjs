// Puts a tool into the cache exactly once, whatever else runs at the same time: the folder is made under another name and appears whole, by
// one rename. The lock only saves the second run the work; correctness rests on the rename.
import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ensureCacheFolder } from "./cacheFolder.mjs";
import { say } from "./say.mjs";

const HEARTBEAT_MILLISECONDS = 5000;
const STALE_MILLISECONDS = 60_000;

/**
 * @typedef {object} Installation
 * @property {string} name The folder's name in the cache; it carries the version.
 * @property {(folder: string) => Promise<boolean>} isComplete Checks a finished folder before it is used; quick.
 * @property {(folder: string) => Promise<void>} install Fills an empty folder.
 */

/**
 * @param {Installation} installation
 * @returns {Promise<string>} The finished folder in the cache.
 */
export async function installOnce(installation) {
  const target = path.join(ensureCacheFolder(), installation.name);
  if (await isUsable(target, installation)) return target;
  const release = await lock(`${target}.lock`, installation.name);
  try {
    if (await isUsable(target, installation)) return target;
    await removeLeftovers(target);
    const unfinished = `${target}.unfinished-${process.pid}`;
    await mkdir(unfinished, { recursive: true });
    try {
      await installation.install(unfinished);
      if (!(await installation.isComplete(unfinished)))
        throw new Error(`${installation.name} was installed, but fails its check`);
      await rm(target, { recursive: true, force: true });
      await rename(unfinished, target);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
    return target;
  } finally {
    await release();
  }
}

/**
 * @param {string} target
 * @param {Installation} installation
 */
async function isUsable(target, installation) {
  return existsSync(target) && (await installation.isComplete(target).catch(() => false));
}

/**
 * @param {string} file
 * @param {string} name
 * @returns {Promise<() => Promise<void>>} Releases the lock.
 */
async function lock(file, name) {
  let told = false;
  for (;;) {
    try {
      const handle = await open(file, "wx");
      await handle.writeFile(JSON.stringify({ pid: process.pid, host: hostname() }));
      await handle.close();
      const heartbeat = setInterval(
        () => void utimes(file, new Date(), new Date()).catch(() => undefined),
        HEARTBEAT_MILLISECONDS,
      );
      heartbeat.unref();
      return async () => {
        clearInterval(heartbeat);
        await rm(file, { force: true });
      };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    if (await isAbandoned(file)) await rm(file, { force: true });
    else {
      if (!told) say(`another run is installing ${name}; waiting for it`);
      told = true;
      await wait(500);
    }
  }
}

/** @param {string} file */
async function isAbandoned(file) {
  try {
    const { mtimeMs } = await stat(file);
    if (Date.now() - mtimeMs > STALE_MILLISECONDS) return true;
    const owner = JSON.parse(await readFile(file, "utf8"));
    return owner.host === hostname() && !isAlive(owner.pid);
  } catch {
    return false; // Released meanwhile, or being written: look again.
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Removes what a killed run left unfinished.
 * @param {string} target
 */
async function removeLeftovers(target) {
  const prefix = `${path.basename(target)}.unfinished-`;
  for (const entry of await readdir(path.dirname(target))) {
    if (entry.startsWith(prefix) && !isAlive(Number(entry.slice(prefix.length)))) {
      await rm(path.join(path.dirname(target), entry), { recursive: true, force: true });
    }
  }
}
