/**
 * One writer a store, across processes and threads: a lock with a heartbeat (`write.lock`, a folder) and a note that says who holds it
 * (`write.lock.json`). The note is written after the lock is taken and removed before it is given back, so a note of a process that is gone
 * says that the lock is that process's; whoever removes both does it one at a time, under a lock of its own.
 */
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

const holderSchema = z.object({ pid: z.number().int(), host: z.string() });
export type Holder = z.infer<typeof holderSchema>;

/** A holder that shows no sign of life for this long is gone. Generous, because a thread that reads a large document may be late. */
const stale = 20_000;
const heartbeat = 1_000;
const retryAfter = 200;

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
    await pause(retryAfter, undefined, { signal });
  }
}

/** The lock, or who holds it. Throws `not-writable` and `disk-full`. */
export async function tryStoreLock(store: string): Promise<StoreLock | string> {
  await mkdir(store, { recursive: true }).catch((error: unknown) => {
    throw writeFailure(error, store);
  });
  const note = join(store, "write.lock.json");
  const taken =
    (await take(store, note)) ?? ((await removeDead(store, note)) ? await take(store, note) : undefined);
  if (taken) return taken;
  const holder = await readHolder(note);
  return holder ? `process ${holder.pid} on ${holder.host}` : "another process";
}

async function take(store: string, note: string): Promise<StoreLock | undefined> {
  const lost = new AbortController();
  const giveBack = await tryLock(store, "write", () =>
    lost.abort(new FailureError({ kind: "locked", path: store, holder: "another process" })),
  );
  if (!giveBack) return undefined;
  try {
    await writeFile(note, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Holder));
  } catch (error) {
    await giveBack();
    throw writeFailure(error, store);
  }
  return {
    lost: lost.signal,
    async release() {
      if (lost.signal.aborted) return; // note and lock are another's by now
      await rm(note, { force: true }).catch(() => undefined);
      await giveBack().catch(() => undefined);
    },
  };
}

/** Who holds the lock, as far as the note says it; undefined while nobody does. */
export function lockHolder(store: string): Promise<Holder | undefined> {
  return readHolder(join(store, "write.lock.json"));
}

/** Frees the lock of a process that is gone. True when there may be something to take now. */
async function removeDead(store: string, note: string): Promise<boolean> {
  const isDead = async () => {
    const holder = await readHolder(note);
    return holder !== undefined && isGone(holder);
  };
  if (!(await isDead())) return false;
  const giveBack = await tryLock(store, "takeover", () => undefined);
  if (!giveBack) return false;
  try {
    if (!(await isDead())) return false;
    await rm(note, { force: true });
    await rm(join(store, "write.lock"), { recursive: true, force: true });
    return true;
  } finally {
    await giveBack().catch(() => undefined);
  }
}

async function tryLock(
  store: string,
  name: string,
  onCompromised: () => void,
): Promise<(() => Promise<void>) | undefined> {
  try {
    return await lock(join(store, name), { realpath: false, stale, update: heartbeat, onCompromised });
  } catch (error) {
    if (codeOf(error) === "ELOCKED") return undefined;
    throw writeFailure(error, store);
  }
}

async function readHolder(note: string): Promise<Holder | undefined> {
  const text = await readFile(note, "utf8").catch(() => "");
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return undefined; // there is none, or it is being written right now
  }
}

/** Only a process of this machine can be asked. */
export function isGone({ pid, host }: Holder): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}
