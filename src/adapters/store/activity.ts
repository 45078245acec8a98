/**
 * What the writer of a store is doing, for those who only look: `<store>/activity.json`, written by whoever holds the store's lock and removed
 * before the lock is given back. A file that a killed writer left is told by its process, which is gone.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { IndexProgress, StoreActivity } from "../../core/engine";
import { isGone, lockHolder } from "./storeLock";

const schema = z.object({
  pid: z.number().int(),
  host: z.string(),
  origins: z.array(z.string()),
  progress: z.object({
    phase: z.enum(["waiting", "reading", "embedding", "storing", "checking"]),
    documents: z.number(),
    documentsTotal: z.number(),
    passages: z.number(),
    passagesTotal: z.number(),
    label: z.string().optional(),
  }),
});

const interval = 500;

export interface ActivityNote {
  tell(progress: IndexProgress): void;
  end(): Promise<void>;
}

/** Nobody depends on it: what cannot be written is left out. */
export function createActivityNote(store: string, origins: readonly string[]): ActivityNote {
  const path = join(store, "activity.json");
  let writing: Promise<void> = Promise.resolve();
  let [toldAt, ended] = [-Infinity, false];
  return {
    tell({ phase, documents, documentsTotal, passages, passagesTotal, label }) {
      if (ended || phase === "waiting" || performance.now() - toldAt < interval) return;
      toldAt = performance.now();
      const progress = { phase, documents, documentsTotal, passages, passagesTotal, label };
      const note = JSON.stringify({ pid: process.pid, host: hostname(), origins, progress });
      writing = writing.then(() => writeFile(path, note)).catch(() => undefined);
    },
    async end() {
      ended = true;
      await writing;
      await rm(path, { force: true }).catch(() => undefined);
    },
  };
}

/** Undefined while nobody writes. */
export async function readActivity(store: string): Promise<StoreActivity | undefined> {
  const holder = await lockHolder(store);
  const text = await readFile(join(store, "activity.json"), "utf8").catch(() => "");
  const note = parse(text);
  if (note && !isGone(note)) {
    const { pid, host, origins, progress } = note;
    const { label, ...counts } = progress;
    const isOwn = pid === process.pid && host === hostname();
    return {
      holder: `process ${pid} on ${host}`,
      isOwn,
      origins,
      progress: { ...counts, ...(label !== undefined && { label }) },
    };
  }
  if (!holder || isGone(holder)) return undefined;
  const { pid, host } = holder;
  return {
    holder: `process ${pid} on ${host}`,
    isOwn: pid === process.pid && host === hostname(),
    origins: [],
  };
}

/** Undefined when there is none, or it is being written right now. */
function parse(text: string): z.infer<typeof schema> | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
