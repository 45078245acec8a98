/**
 * What the writer of a store is doing, for those who only look: `activity.json` below its lock, where it goes with the lock, whatever becomes
 * of the writer.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { IndexProgress, StoreActivity } from "../../core/engine";
import { nameOf, ownerHere } from "./lockOwner";
import { findWriter } from "./storeLock";

const schema = z.object({
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
  /** @param folder Of the lock. */
  begin(folder: string): void;
  tell(progress: IndexProgress): void;
}

const fileName = "activity.json";

/** Nobody depends on it: what cannot be written is left out. */
export function createActivityNote(origins: readonly string[]): ActivityNote {
  let path: string | undefined;
  let writing: Promise<void> = Promise.resolve();
  let toldAt = -Infinity;
  return {
    begin: (folder) => (path = join(folder, fileName)),
    tell({ phase, documents, documentsTotal, passages, passagesTotal, label }) {
      const own = path;
      if (own === undefined || performance.now() - toldAt < interval) return;
      toldAt = performance.now();
      const progress = { phase, documents, documentsTotal, passages, passagesTotal, label };
      const note = JSON.stringify({ origins, progress });
      writing = writing.then(() => writeFile(own, note)).catch(() => undefined);
    },
  };
}

/** Undefined while nobody writes. */
export async function readActivity(store: string): Promise<StoreActivity | undefined> {
  const writer = await findWriter(store);
  if (!writer) return undefined;
  const { owner, folder } = writer;
  const here = await ownerHere();
  const isOwn = owner.pid === here.pid && owner.host === here.host && owner.space === here.space;
  const common = { holder: nameOf(owner), isOwn };
  const note = parse(await readFile(join(folder, fileName), "utf8").catch(() => ""));
  if (!note) return { ...common, origins: [] };
  const { label, ...counts } = note.progress;
  return {
    ...common,
    origins: note.origins,
    progress: { ...counts, ...(label !== undefined && { label }) },
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
