/**
 * One writer a store, across processes, threads, containers and machines. The lock is a folder with one folder in it, named by a token that
 * only its holder has:
 *
 * ```
 * <store>/write.lock/<token>/owner.json   who holds it; touched every other second
 * <store>/write.lock/<token>/…            what the holder is making
 * ```
 *
 * Everything is one rename: taking the lock moves a prepared folder to `write.lock`, which fails while that is not empty; giving it back and
 * taking over move `<token>` out of it, which only one can do. What a writer makes lies below its token until it is moved to its place, so
 * a writer that lost the lock without knowing (its machine slept, it was stopped) cannot move anything any more: its paths are gone.
 *
 * A holder that the system says is gone is replaced at once. Only one that cannot be seen is judged by its signs of life, by the clock of
 * the file system. Earlier versions made `write.lock` an empty folder and `write.lock.json` a note beside it; they are respected.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { FailureError } from "../../core/failure";
import { codeOf, renameWithPatience, temporaryPrefix, writeFailure } from "./atomicFile";
import { nameOf, ownerHere, parseOwner, stateOf, type LockOwner } from "./lockOwner";

export interface StoreLock {
  /** Aborts when the lock was lost (the machine slept for long and another process took over): stop writing. */
  readonly lost: AbortSignal;
  /** Where the holder makes things before it moves them to their place; gone with the lock, on the same disk as the store. */
  readonly folder: string;
  release(): Promise<void>;
}

export interface LockTimes {
  /** Milliseconds without a sign of life after which a holder that cannot be seen is taken to be gone. */
  readonly stale: number;
  readonly heartbeat: number;
}

/** Generous, because a thread that reads a large document may be late. */
const usualTimes: LockTimes = { stale: 20_000, heartbeat: 2_000 };
const retryAfter = 200;
const lockName = "write.lock";
const ownerName = "owner.json";

/**
 * Waits until the store is free.
 * @param onWaiting Told once who holds it, for a person.
 */
export async function acquireStoreLock(
  store: string,
  onWaiting: (holder: string) => void,
  signal: AbortSignal,
  times: LockTimes = usualTimes,
): Promise<StoreLock> {
  let told = false;
  for (;;) {
    signal.throwIfAborted();
    const attempt = await tryStoreLock(store, times);
    if (typeof attempt !== "string") return attempt;
    if (!told) onWaiting(attempt);
    told = true;
    await pause(retryAfter, undefined, { signal });
  }
}

/** The lock, or who holds it. Throws `not-writable` and `disk-full`. */
export async function tryStoreLock(
  store: string,
  times: LockTimes = usualTimes,
): Promise<StoreLock | string> {
  const token = randomUUID();
  const prepared = join(store, `${temporaryPrefix}lock-${token}`);
  try {
    const own = join(prepared, token);
    await mkdir(own, { recursive: true });
    await writeFile(join(own, ownerName), JSON.stringify(await ownerHere()));
    const { mtimeMs: now } = await stat(join(own, ownerName));
    const holder = await findHolder(store, now, times);
    if (holder !== undefined) return holder;
    if (!(await moveInto(prepared, join(store, lockName)))) {
      return (await findHolder(store, now, times)) ?? nameOf(undefined);
    }
    return hold(store, token, times);
  } catch (error) {
    throw writeFailure(error, store);
  } finally {
    await rm(prepared, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Who writes to a store right now and the folder of the lock; undefined while nobody does. Looks only, and waits for nobody. */
export async function findWriter(
  store: string,
): Promise<{ readonly owner: LockOwner; readonly folder: string } | undefined> {
  const [token] = await readdir(join(store, lockName)).catch(() => []);
  if (token === undefined) return undefined;
  const folder = join(store, lockName, token);
  const { owner, touched } = await readOwner(folder);
  if (!owner) return undefined;
  const state = await stateOf(owner);
  const isGone = state === "gone" || (state === "unseen" && Date.now() - touched > usualTimes.stale);
  return isGone ? undefined : { owner, folder };
}

/** The holder, after one that is gone was moved out of the way. */
async function findHolder(store: string, now: number, times: LockTimes): Promise<string | undefined> {
  const lock = join(store, lockName);
  const older = await olderVersion(store, now);
  if (older !== undefined) return older;
  for (const token of await readdir(lock).catch(() => [])) {
    const { owner, touched } = await readOwner(join(lock, token));
    const state = owner ? await stateOf(owner) : "unseen";
    if (state === "alive" || (state === "unseen" && now - touched < times.stale)) return nameOf(owner);
    const aside = join(store, `${temporaryPrefix}gone-${token}`);
    await rename(join(lock, token), aside).catch(() => undefined); // another may have done so
    await rm(aside, { recursive: true, force: true }).catch(() => undefined);
  }
  return undefined;
}

/** A version before this one holds the lock while its empty folder is touched, unless its process is gone. */
async function olderVersion(store: string, now: number): Promise<string | undefined> {
  const note = join(store, "write.lock.json");
  const text = await readFile(note, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const written = noteSchema.safeParse(safeJson(text));
  const touched = await stat(join(store, lockName)).catch(() => undefined);
  if (written.success && touched && now - touched.mtimeMs < usualTimes.stale) {
    const { space } = await ownerHere();
    const owner: LockOwner = { ...written.data, thread: 0, ...(space !== undefined && { space }) };
    if ((await stateOf(owner)) !== "gone") return nameOf(owner);
  }
  await rm(note, { force: true });
  return undefined;
}

const noteSchema = z.object({ pid: z.number().int(), host: z.string() });

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readOwner(
  folder: string,
): Promise<{ readonly owner: LockOwner | undefined; readonly touched: number }> {
  const path = join(folder, ownerName);
  const [text, status] = await Promise.all([
    readFile(path, "utf8").catch(() => ""),
    stat(path).catch(() => undefined),
  ]);
  return { owner: parseOwner(text), touched: status?.mtimeMs ?? 0 };
}

/** Moves a folder to a place where there is none or an empty one; false when somebody else's is there. */
async function moveInto(folder: string, place: string): Promise<boolean> {
  // Windows moves nothing onto a folder, not even an empty one; one that is not empty is not removed.
  await rmdir(place).catch(() => undefined);
  try {
    await rename(folder, place);
    return true;
  } catch (error) {
    if (["ENOTEMPTY", "EEXIST", "EPERM", "EACCES", "EBUSY"].includes(codeOf(error) ?? "")) {
      if ((await readdir(place).catch(() => [])).length > 0) return false;
    }
    throw error;
  }
}

function hold(store: string, token: string, { heartbeat }: LockTimes): StoreLock {
  const lost = new AbortController();
  const folder = join(store, lockName, token);
  const touch = async (): Promise<void> => {
    try {
      // Written, not only touched: the time is then that of the file system's own clock.
      await writeFile(join(folder, ownerName), JSON.stringify(await ownerHere()), { flag: "r+" });
    } catch (error) {
      if (codeOf(error) === "ENOENT") lost.abort(lostLock(store));
    }
  };
  const timer = setInterval(() => void touch(), heartbeat).unref();
  return {
    lost: lost.signal,
    folder,
    async release() {
      clearInterval(timer);
      const aside = join(store, `${temporaryPrefix}done-${token}`);
      try {
        await renameWithPatience(folder, aside);
        await rmdir(join(store, lockName));
      } catch {
        // Lost before, or taken by the next one already.
      }
      await rm(aside, { recursive: true, force: true }).catch(() => undefined);
    },
  };
}

function lostLock(store: string): FailureError {
  return new FailureError({ kind: "locked", path: store, holder: "another process" });
}
