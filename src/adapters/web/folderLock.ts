/** Two windows that fetch the same take turns: the second one then finds what the first one brought. */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { codeOf, writeFailure } from "../store/atomicFile";

const stale = 20_000;
const heartbeat = 2_000;
const retryAfter = 250;

/** @param path Of what is fetched; the lock is a folder beside it. */
export async function withFolderLock<T>(
  path: string,
  action: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw writeFailure(error, path);
  });
  for (;;) {
    signal.throwIfAborted();
    try {
      const release = await lock(path, {
        realpath: false,
        stale,
        update: heartbeat,
        onCompromised: () => undefined,
      });
      try {
        return await action();
      } finally {
        await release().catch(() => undefined);
      }
    } catch (error) {
      if (codeOf(error) !== "ELOCKED")
        throw codeOf(error)?.startsWith("E") ? writeFailure(error, path) : error;
      await pause(retryAfter, undefined, { signal });
    }
  }
}
