/** One writer a store, across processes and threads: a lock with a heartbeat, and a note that says who holds it. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { z } from "zod";
import { FailureError } from "../../core/failure";
import { codeOf, writeFailure } from "./atomicFile";

export interface StoreLock {
  /** Aborts when the lock was lost (the machine slept for long and another process took over): stop writing. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

const holderSchema = z.object({ pid: z.number().int(), host: z.string(), since: z.string() });
type Holder = z.infer<typeof holderSchema>;

/** A holder that shows no sign of life for this long is gone. Generous, because a thread that reads a large PDF may be late. */
const stale = 30_000;
/** The same when the holder's process is known to be gone; the least that the library takes. */
const staleWhenDead = 2_000;
const heartbeat = 1_000;

/**
 * Waits until the store is free.
 * @param onWaiting Told once who holds it, for a person.
 */
export async function acquireStoreLock(
  store: string,
  onWaiting: (holder: string) => void,
  signal: AbortSignal,
): Promise<StoreLock> {
  let told = false;
  for (;;) {
    signal.throwIfAborted();
    const attempt = await tryStoreLock(store);
    if (typeof attempt !== "string") return attempt;
    if (!told) onWaiting(attempt);
    told = true;
    await pause(250, undefined, { signal });
  }
}

/** The lock, or who holds it. */
export async function tryStoreLock(store: string): Promise<StoreLock | string> {
  await mkdir(store, { recursive: true }).catch((error: unknown) => {
    throw writeFailure(error, store);
  });
  const lockfilePath = join(store, "write.lock");
  const note = join(store, "write.lock.json");
  const holder = await readHolder(note);
  const lost = new AbortController();
  let release: () => Promise<void>;
  try {
    release = await lock(store, {
      lockfilePath,
      realpath: false,
      stale: holder && isGone(holder) ? staleWhenDead : stale,
      update: heartbeat,
      onCompromised: () =>
        lost.abort(new FailureError({ kind: "locked", path: store, holder: "another process" })),
    });
  } catch (error) {
    if (codeOf(error) === "ELOCKED")
      return holder ? `process ${holder.pid} on ${holder.host}` : "another process";
    throw writeFailure(error, store);
  }
  const own: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  await writeFile(note, JSON.stringify(own)).catch(() => undefined); // who holds it is a courtesy; the folder is the lock
  return {
    lost: lost.signal,
    async release() {
      await rm(note, { force: true }).catch(() => undefined);
      await release().catch(() => undefined);
    },
  };
}

async function readHolder(note: string): Promise<Holder | undefined> {
  const text = await readFile(note, "utf8").catch(() => "");
  if (!text) return undefined;
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return undefined; // it is being written right now
  }
}

/** Only a process of this machine can be asked. */
function isGone({ pid, host }: Holder): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}
