/** Who holds a lock, and whether that one still lives: a process is known by its id together with its start, so that a recycled id fools nobody. */
import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { promisify } from "node:util";
import { threadId } from "node:worker_threads";
import { z } from "zod";
import { codeOf } from "./atomicFile";

const ownerSchema = z.object({
  pid: z.number().int(),
  thread: z.number().int(),
  host: z.string(),
  /** Which processes the id is meant among: the running kernel and its namespace of ids. Absent where the system does not tell. */
  space: z.string().optional(),
  /** When the process started, as the system tells it. */
  started: z.string().optional(),
});

export type LockOwner = z.infer<typeof ownerSchema>;

/** `gone`: certainly; `alive`: certainly; `unseen`: only its signs of life can tell. */
export type OwnerState = "gone" | "alive" | "unseen";

let own: Promise<LockOwner> | undefined;

/** This thread of this process. */
export function ownerHere(): Promise<LockOwner> {
  return (own ??= describeSelf());
}

async function describeSelf(): Promise<LockOwner> {
  const space = await idSpace();
  const started = await startOf(process.pid);
  return {
    pid: process.pid,
    thread: threadId,
    host: hostname(),
    ...(space !== undefined && { space }),
    ...(started !== undefined && { started }),
  };
}

/** Undefined for what is no owner. */
export function parseOwner(text: string): LockOwner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Asks the system. Another thread of this process cannot be seen, nor what runs on another machine or in another container. */
export async function stateOf(owner: LockOwner): Promise<OwnerState> {
  const here = await ownerHere();
  if (owner.host !== here.host || owner.space !== here.space) return "unseen";
  if (owner.pid !== here.pid && !isRunning(owner.pid)) return "gone";
  const started = await startOf(owner.pid);
  if (started === ended) return "gone";
  if (started === undefined || owner.started === undefined) return "unseen";
  if (started !== owner.started) return "gone";
  return owner.pid === here.pid ? "unseen" : "alive";
}

/** Words for a person. */
export function nameOf(owner: LockOwner | undefined): string {
  return owner ? `process ${owner.pid} on ${owner.host}` : "another process";
}

/** Linux: ids are those of a kernel since its start, within a namespace; containers have namespaces of their own. */
async function idSpace(): Promise<string | undefined> {
  if (process.platform !== "linux") return undefined;
  try {
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    return `${boot.trim()} ${await readlink("/proc/self/ns/pid")}`;
  } catch {
    return undefined;
  }
}

/** In place of a start: the process has ended, and its parent has not asked how. */
const ended = "ended";

/** Undefined where the system does not tell (Windows, or another user's process); a process that nobody has waited for is gone. */
async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === "linux") {
    try {
      // proc(5): the name stands in parentheses and may hold any character; behind it come the state (field 3) and, as field 22, the start.
      const status = await readFile(`/proc/${pid}/stat`, "utf8");
      const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" || fields[0] === "X" ? ended : fields[19];
    } catch {
      return undefined;
    }
  }
  if (process.platform === "darwin") {
    const { stdout } = await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)]).catch(() => ({
      stdout: "",
    }));
    return stdout.trim() || undefined;
  }
  return undefined;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}
