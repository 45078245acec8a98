import { access, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { FileDetails, FileStorage } from "vectra";
import { writeFileAtomically, writeFailure } from "../store/atomicFile";
import { sha256 } from "../store/checksum";

/**
 * Files for a Vectra index, each written whole or not at all (Vectra's own storage leaves half a file behind when it is killed).
 * @param expected SHA-256 by file name; reading a file whose bytes differ throws.
 */
export function createAtomicStorage(expected: ReadonlyMap<string, string> = new Map()): FileStorage {
  return {
    createFile: async (path, content) => {
      if (await exists(path)) throw new Error(`${path} exists already`);
      await writeFileAtomically(path, content);
    },
    upsertFile: async (path, content) => {
      await writeFileAtomically(path, content);
    },
    createFolder: async (path) => {
      await mkdir(path, { recursive: true }).catch((error: unknown) => {
        throw writeFailure(error, path);
      });
    },
    deleteFile: (path) => rm(path),
    deleteFolder: (path) => rm(path, { recursive: true, force: true }),
    getDetails: async (path) => details(path, (await stat(path)).isDirectory()),
    listFiles: async (path, filter = "all") => {
      const entries = await readdir(path, { withFileTypes: true });
      return entries
        .map((entry) => details(join(path, entry.name), entry.isDirectory()))
        .filter(({ isFolder }) => filter === "all" || isFolder === (filter === "folders"));
    },
    pathExists: exists,
    readFile: async (path) => {
      const content = await readFile(path);
      const wanted = expected.get(basename(path));
      if (wanted !== undefined && sha256(content) !== wanted) {
        throw new Error(`${basename(path)} is not what was written`);
      }
      return content;
    },
  };
}

function details(path: string, isFolder: boolean): FileDetails {
  return { name: basename(path), path, isFolder };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
