/** Indexes what a person names into a store: read → plan sets → in force by words → embed → prove → in force with vectors. */
import { resolve } from "node:path";
import type { IndexProgress, IndexReport, IndexRequest } from "../../core/engine";
import { failureOf } from "../../core/failure";
import { failureText } from "../../core/failureText";
import { createProgressMeter } from "../indexing/indexProgress";
import { createIndexRun, type PendingSet } from "../indexing/indexRun";
import { createActivityNote } from "../store/activity";
import { acquireStoreLock } from "../store/storeLock";
import { cleanStore } from "../store/writeSet";
import { readReferenceVectors } from "./referenceVectors";
import type { Sets } from "./sets";

export interface IndexingProps {
  readonly sets: Sets;
  readonly defaultStore: string;
  /** Root of the installed package, whose vectors of the official reference are taken over; absent: none are. */
  readonly packageRoot?: string;
}

export interface Indexing {
  /**
   * Each source becomes a set (or one a version that its documents state); what came from the same origin before is updated, other sets are
   * left alone. All sources answer by their words before the first is embedded. Whatever happens (a failure, an abort, a kill), each set is
   * as it was, or the new one without vectors and saying so, or the new one. Throws when no source could be indexed; else what was passed
   * over stands in the report.
   */
  index(
    request: IndexRequest,
    onProgress: (progress: IndexProgress) => void,
    signal: AbortSignal,
  ): Promise<IndexReport>;
}

export function createIndexing({ sets, defaultStore, packageRoot }: IndexingProps): Indexing {
  return {
    async index(request, onProgress, signal) {
      const store = resolve(request.store ?? defaultStore);
      const activity = createActivityNote(request.sources.map(({ origin }) => origin));
      const meter = createProgressMeter((progress) => {
        onProgress(progress);
        activity.tell(progress);
      });
      const lock = await acquireStoreLock(
        store,
        (holder) => meter.update({ phase: "waiting", label: holder }),
        signal,
      );
      activity.begin(lock.folder);
      try {
        const either = AbortSignal.any([signal, lock.lost]);
        await cleanStore(store, lock.folder);
        const run = createIndexRun({
          sets,
          store,
          scratch: lock.folder,
          request,
          meter,
          ...(packageRoot !== undefined && {
            packagedVectors: (identity) => readReferenceVectors(packageRoot, identity),
          }),
        });
        const failures = new Map<string, unknown>();
        /** What one source's failure is must not keep the others from being indexed. */
        const attempt = async <T>(origin: string, action: () => Promise<T>): Promise<T | undefined> => {
          try {
            return await action();
          } catch (error) {
            if (!lock.lost.aborted) await cleanStore(store, lock.folder).catch(() => undefined); // a full disk needs the room
            signal.throwIfAborted();
            if (lock.lost.aborted) throw lock.lost.reason;
            if (!failures.has(origin)) failures.set(origin, error);
            return undefined;
          }
        };
        const pending: { readonly origin: string; readonly sets: readonly PendingSet[] }[] = [];
        for (const source of request.sources) {
          const inForce = await attempt(source.origin, () => run.putWords(source, either));
          if (inForce) pending.push({ origin: source.origin, sets: inForce });
        }
        for (const { origin, sets: waiting } of pending) {
          for (const set of waiting) await attempt(origin, () => run.putVectors(set, either));
        }
        const [first] = failures.values();
        if (failures.size > 0 && failures.size === request.sources.length) throw first;
        const failed = [...failures].map(([path, error]) => ({
          path,
          why: failureText(failureOf(error)).message,
        }));
        return { ...run.report, passedOver: [...run.report.passedOver, ...failed] };
      } finally {
        await lock.release();
      }
    },
  };
}
