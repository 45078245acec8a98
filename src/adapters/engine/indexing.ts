/** Indexes what a person names into a store: read → plan sets → embed and store → prove → put in force. */
import { readdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { chunkerVersion } from "../../core/document/chunkerVersion";
import type { DocumentSet } from "../../core/document/documentSet";
import type { Embedder } from "../../core/embedder";
import type { IndexProgress, IndexReport, IndexRequest, IndexSource } from "../../core/engine";
import { failureOf } from "../../core/failure";
import { failureText } from "../../core/failureText";
import { identityKey } from "../embedding/embeddingModels";
import { createProgressMeter, type ProgressMeter } from "../indexing/indexProgress";
import { knownVectors } from "../indexing/knownVectors";
import { planSets, type PlannedSet } from "../indexing/planSets";
import { proveIndex, type Proof } from "../indexing/proveIndex";
import { readSource, type SourceContent } from "../indexing/readSource";
import { createReusingEmbedder } from "../indexing/reusingEmbedder";
import { manifestName, setsFolder, writeManifest, type SetManifest } from "../store/manifest";
import { describe, loadSet, type LoadedSet } from "../store/openSet";
import { acquireStoreLock } from "../store/storeLock";
import { createVectorCache, passageHash } from "../store/vectorCache";
import { cleanStore, commitGeneration, setWords, writeGeneration } from "../store/writeSet";
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
   * left alone. Whatever happens (a failure, an abort, a kill), the sets that were in force stay so. Throws when no source could be
   * indexed; else what was passed over stands in the report.
   */
  index(
    request: IndexRequest,
    onProgress: (progress: IndexProgress) => void,
    signal: AbortSignal,
  ): Promise<IndexReport>;
}

/** What the parts of a run add up to. */
interface Tally {
  readonly sets: DocumentSet[];
  readonly passedOver: { readonly path: string; readonly why: string }[];
  read: number;
  unchanged: number;
  embedded: number;
  reused: number;
  packaged: number;
  readonly timings: { read: number; embed: number; store: number; check: number };
  readonly check: { asked: number; byVectors: number; byWords: number };
}

export function createIndexing({ sets, defaultStore, packageRoot }: IndexingProps): Indexing {
  return {
    async index(request, onProgress, signal) {
      const store = resolve(request.store ?? defaultStore);
      const meter = createProgressMeter(onProgress);
      const lock = await acquireStoreLock(
        store,
        (holder) => meter.update({ phase: "waiting", label: holder }),
        signal,
      );
      try {
        const either = AbortSignal.any([signal, lock.lost]);
        await cleanStore(store);
        const run = createRun({
          sets,
          store,
          request,
          meter,
          ...(packageRoot !== undefined && { packageRoot }),
        });
        const failures: unknown[] = [];
        for (const source of request.sources) {
          try {
            await run.source(source, either);
          } catch (error) {
            if (!lock.lost.aborted) await cleanStore(store).catch(() => undefined); // a full disk needs the room
            signal.throwIfAborted();
            if (lock.lost.aborted) throw lock.lost.reason;
            failures.push(error);
            run.tally.passedOver.push({ path: source.origin, why: failureText(failureOf(error)).message });
          }
        }
        if (failures.length > 0 && failures.length === request.sources.length) throw failures[0];
        return run.tally;
      } finally {
        await lock.release();
      }
    },
  };
}

interface RunProps {
  readonly sets: Sets;
  readonly store: string;
  readonly packageRoot?: string;
  readonly request: IndexRequest;
  readonly meter: ProgressMeter;
}

function createRun({ sets, store, packageRoot, request, meter }: RunProps) {
  const tally: Tally = {
    sets: [],
    passedOver: [],
    read: 0,
    unchanged: 0,
    embedded: 0,
    reused: 0,
    packaged: 0,
    timings: { read: 0, embed: 0, store: 0, check: 0 },
    check: { asked: 0, byVectors: 0, byWords: 0 },
  };

  /** Adds the milliseconds that an action takes to a part of the timings. */
  const timed = async <T>(part: keyof Tally["timings"], action: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    try {
      return await action();
    } finally {
      tally.timings[part] += performance.now() - started;
    }
  };

  const source = async (named: IndexSource, signal: AbortSignal): Promise<void> => {
    const embedder = await sets.embedder(signal);
    const readAt = new Date().toISOString();
    const earlier = await earlierSets(named.origin, signal);
    const content = await timed("read", () => read(named, request.fresh ? [] : earlier, signal));
    tally.passedOver.push(...content.passedOver);
    const isFolder = (await stat(named.path)).isDirectory();
    const plans = planSets({ ...request, ...named, isFolder, documents: content.documents });
    meter.update({ passagesTotal: sum(content.documents, ({ chunks }) => chunks.length), passages: 0 });
    for (const plan of plans) {
      const folder = join(setsFolder(store), plan.id);
      const before = earlier.find(({ manifest }) => manifest.set.id === plan.id);
      if (before && !request.fresh && isSame(before, plan, embedder)) {
        tally.unchanged += plan.documents.length;
        tally.sets.push(describe(await withSource(folder, before.manifest, plan)));
        continue;
      }
      tally.unchanged += plan.documents.filter(({ unchanged }) => unchanged).length;
      tally.read += plan.documents.filter(({ unchanged }) => !unchanged).length;
      await write(folder, plan, readAt, embedder, signal);
    }
    // The same origin had documents of a version that it has no more.
    const stale = earlier.filter(({ manifest }) => plans.every(({ id }) => id !== manifest.set.id));
    for (const { manifest } of stale) await removeSet(manifest.set.id);
  };

  const read = (
    named: IndexSource,
    earlier: readonly LoadedSet[],
    signal: AbortSignal,
  ): Promise<SourceContent> => {
    meter.update({ phase: "reading", label: named.origin });
    return readSource(
      {
        source: named,
        earlier: earlier.filter(({ manifest }) => manifest.chunker === chunkerVersion),
        onDocument: ({ label, done, total, passages }) =>
          meter.update({ documents: done, documentsTotal: total, passages, passagesTotal: passages, label }),
      },
      signal,
    );
  };

  const write = async (
    folder: string,
    plan: PlannedSet,
    readAt: string,
    embedder: Embedder,
    signal: AbortSignal,
  ) => {
    const chunks = plan.documents.flatMap((document) => document.chunks);
    const cache = createVectorCache(store, embedder.identity);
    const packaged =
      packageRoot === undefined
        ? new Map<string, Float32Array>()
        : await readReferenceVectors(packageRoot, embedder.identity);
    // A run from scratch still goes on with what it computed itself before it was paused.
    const own = request.fresh
      ? await cache.load()
      : await knownVectors({ sets, store, identity: embedder.identity, cache }, signal);
    const known = new Map([...packaged, ...own]);
    tally.packaged += chunks.filter(({ text }) => packaged.has(passageHash(text))).length;
    const isKnown = chunks.filter(({ text }) => known.has(passageHash(text))).length;
    meter.expect(chunks.length - isKnown);
    meter.update({ phase: "embedding", label: plan.name });
    const reusing = createReusingEmbedder({
      embedder,
      known,
      cache,
      onEmbedded: (texts) => {
        tally.embedded += texts;
        meter.embedded(texts);
      },
      onReused: (texts) => {
        tally.reused += texts;
        meter.reused(texts);
      },
    });
    const { ingest } = await import("../llamaindex/ingestion"); // LlamaIndex takes 100 ms to load
    const embedTime = createStopwatch((texts: readonly string[], abort: AbortSignal) =>
      reusing.embedDocuments(texts, abort),
    );
    const started = performance.now();
    const manifest = await writeGeneration(
      folder,
      { ...plan, readAt },
      {
        identity: embedder.identity,
        fill: (index) =>
          ingest(
            {
              setId: plan.id,
              chunks,
              index,
              embedder: { ...reusing, embedDocuments: (texts, abort) => embedTime.run(texts, abort) },
              onIngested: (passages) => {
                if (passages === chunks.length) meter.update({ phase: "storing" });
              },
            },
            signal,
          ),
      },
      signal,
    );
    tally.timings.embed += embedTime.milliseconds();
    tally.timings.store += performance.now() - started - embedTime.milliseconds();

    meter.update({ phase: "checking" });
    const proof = await timed("check", async () =>
      proveIndex(folder, await loadSet(folder, manifest, signal), embedder, signal),
    );
    addProof(proof);
    signal.throwIfAborted();
    await timed("store", () => commitGeneration(folder, manifest));
    await cache.discard();
    tally.sets.push(describe(manifest));
  };

  const earlierSets = async (origin: string, signal: AbortSignal): Promise<LoadedSet[]> => {
    const root = setsFolder(store);
    const loaded: LoadedSet[] = [];
    for (const name of await readdir(root).catch(() => [])) {
      // A damaged set has nothing to take over; it is replaced when its documents are indexed again.
      const set = await sets.load(join(root, name), signal).catch(() => undefined);
      signal.throwIfAborted();
      if (set?.manifest.set.origin === origin) loaded.push(set);
    }
    return loaded;
  };

  const removeSet = async (setId: string) => {
    const folder = join(setsFolder(store), setId);
    await rm(join(folder, manifestName), { force: true });
    await rm(folder, { recursive: true, force: true });
  };

  const addProof = ({ asked, byVectors, byWords }: Proof) => {
    tally.check.asked += asked;
    tally.check.byVectors += byVectors;
    tally.check.byWords += byWords;
  };

  return { source, tally };
}

/** The documents are the same, but the server may call them by another validator, or the person by other bounds. */
async function withSource(folder: string, manifest: SetManifest, plan: PlannedSet): Promise<SetManifest> {
  const { id, name, origin } = manifest.set;
  const updated: SetManifest = { ...manifest, set: { id, name, origin, ...setWords(plan) } };
  if (JSON.stringify(updated.set) === JSON.stringify(manifest.set)) return manifest;
  await writeManifest(folder, updated);
  return updated;
}

/** Nothing to do: the same documents, passages, names and vector space. */
function isSame({ manifest, chunks }: LoadedSet, plan: PlannedSet, { identity }: Embedder): boolean {
  const entries = plan.documents.map(({ entry }) => entry);
  const texts = plan.documents.flatMap((document) => document.chunks.map(({ text }) => text));
  return (
    manifest.chunker === chunkerVersion &&
    manifest.set.name === plan.name &&
    manifest.embedding !== undefined &&
    identityKey(manifest.embedding) === identityKey(identity) &&
    manifest.counts.embedded === manifest.counts.passages &&
    JSON.stringify(manifest.documents) === JSON.stringify(entries) &&
    texts.length === chunks.length &&
    texts.every((text, position) => text === chunks[position]?.text)
  );
}

/** Measures the time during which at least one call is under way. */
function createStopwatch<A extends readonly unknown[], R>(action: (...values: A) => Promise<R>) {
  let [total, running, startedAt] = [0, 0, 0];
  return {
    milliseconds: () => total,
    async run(...values: A): Promise<R> {
      if (running++ === 0) startedAt = performance.now();
      try {
        return await action(...values);
      } finally {
        if (--running === 0) total += performance.now() - startedAt;
      }
    },
  };
}

function sum<T>(items: readonly T[], valueOf: (item: T) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}
