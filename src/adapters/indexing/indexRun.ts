/** One run of indexing: each source first by its words, which is a matter of seconds, then with its vectors. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { chunkerVersion } from "../../core/document/chunkerVersion";
import type { DocumentSet } from "../../core/document/documentSet";
import type { Embedder, EmbeddingIdentity } from "../../core/embedder";
import type { IndexReport, IndexRequest, IndexSource } from "../../core/engine";
import { failureOf } from "../../core/failure";
import { failureText } from "../../core/failureText";
import type { SetChunk } from "../../core/search/searchableSet";
import { identityKey } from "../embedding/embeddingModels";
import { readManifest, setsFolder, type SetManifest } from "../store/manifest";
import { describe, loadSet, wantsVectors, type LoadedSet } from "../store/openSet";
import { createVectorCache, passageHash } from "../store/vectorCache";
import {
  commitGeneration,
  removeSet,
  setWords,
  writeGeneration,
  type SetPlace,
  type SetVectors,
} from "../store/writeSet";
import type { ProgressMeter } from "./indexProgress";
import { knownVectors, vectorsOfSet } from "./knownVectors";
import { planSets, type PlannedSet } from "./planSets";
import { proveIndex } from "./proveIndex";
import { readSource, type SourceContent } from "./readSource";
import { createReusingEmbedder, type ReusingEmbedder } from "./reusingEmbedder";

export interface IndexRunProps {
  readonly sets: {
    load(folder: string, signal: AbortSignal): Promise<LoadedSet | undefined>;
    embedder(signal: AbortSignal): Promise<Embedder>;
  };
  readonly store: string;
  /** Where files are made: the folder of the store's lock. */
  readonly scratch: string;
  readonly request: IndexRequest;
  readonly meter: ProgressMeter;
  /** Vectors that came with the package, by `passageHash`; absent: none. */
  readonly packagedVectors?: (identity: EmbeddingIdentity) => Promise<ReadonlyMap<string, Float32Array>>;
}

/** A set that is in force with the passages it is to have; its vectors may be missing. */
export interface PendingSet {
  readonly place: SetPlace;
  readonly plan: PlannedSet & { readonly readAt: string };
  readonly inForce: SetManifest;
  /** It was so before this run, and what it has may be kept. */
  readonly unchanged: boolean;
}

export interface IndexRun {
  /** What is done so far. */
  readonly report: IndexReport;
  /** Reads a source and puts its sets in force; with the vectors that are at hand, when these are most of them. */
  putWords(source: IndexSource, signal: AbortSignal): Promise<readonly PendingSet[]>;
  /** Embeds what has no vector, proves the result and puts it in force. A set for which this fails stays as it is and says why. */
  putVectors(pending: PendingSet, signal: AbortSignal): Promise<void>;
}

type Tally = { -readonly [K in keyof IndexReport]: IndexReport[K] } & {
  sets: DocumentSet[];
  passedOver: { readonly path: string; readonly why: string }[];
  timings: { read: number; embed: number; store: number; check: number };
  check: { asked: number; byVectors: number; byWords: number };
};

export function createIndexRun(props: IndexRunProps): IndexRun {
  const { sets, store, scratch, request, meter, packagedVectors } = props;
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
  const timed = async <T>(part: keyof Tally["timings"], action: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    try {
      return await action();
    } finally {
      tally.timings[part] += performance.now() - started;
    }
  };
  let packaged: ReadonlyMap<string, Float32Array> = new Map();
  let reusing: Promise<ReusingEmbedder> | undefined;

  const earlierSets = async (origin: string, signal: AbortSignal): Promise<LoadedSet[]> => {
    const root = setsFolder(store);
    const loaded: LoadedSet[] = [];
    for (const name of await readdir(root).catch(() => [])) {
      const folder = join(root, name);
      // A damaged set has nothing to take over; it is replaced when its documents are indexed again.
      const manifest = await readManifest(folder).catch(() => undefined);
      if (manifest?.set.origin !== origin) continue;
      const set = await loadSet(folder, manifest, signal).catch(() => undefined);
      signal.throwIfAborted();
      if (set) loaded.push(set);
    }
    return loaded;
  };

  const read = async (
    source: IndexSource,
    earlier: readonly LoadedSet[],
    signal: AbortSignal,
  ): Promise<SourceContent> => {
    meter.update({ phase: "reading", label: source.title ?? source.origin });
    const isJars = source.source?.kind === "dependencies";
    const readAll = isJars ? (await import("./readDependencies")).readDependencies : readSource;
    return readAll(
      {
        source,
        earlier: earlier.filter(({ manifest }) => manifest.chunker === chunkerVersion),
        onDocument: ({ label, done, total, passages }) =>
          meter.update({ documents: done, documentsTotal: total, passages, passagesTotal: passages, label }),
      },
      signal,
    );
  };

  /** Most vectors of the set, when they are at hand without looking further than its earlier self and the run before. */
  const vectorsAtHand = async (
    plan: PlannedSet,
    earlier: readonly LoadedSet[],
    embedder: Embedder | undefined,
    signal: AbortSignal,
  ): Promise<SetVectors | undefined> => {
    if (!embedder) return undefined;
    const { identity } = embedder;
    const known = new Map(await createVectorCache(store, identity).load());
    for (const set of earlier) {
      for (const [hash, vector] of await vectorsOfSet(set, identity)) known.set(hash, vector);
    }
    const chunks = chunksOf(plan);
    const vectors = fillWith(plan, chunks, embedder, (text) => known.get(passageHash(text)), signal);
    // With few vectors these few passages would come before all others, whatever is asked.
    return vectors.count * 2 >= chunks.length ? vectors : undefined;
  };

  const fillWith = (
    plan: PlannedSet,
    chunks: readonly SetChunk[],
    embedder: Embedder,
    vectorOf: (text: string) => Float32Array | undefined,
    signal: AbortSignal,
  ): SetVectors => {
    const { identity } = embedder;
    const ordinals = chunks.flatMap(({ text }, ordinal) => (vectorOf(text) ? [ordinal] : []));
    const lookUp = (texts: readonly string[]) =>
      Promise.resolve(texts.map((text) => vectorOf(text) ?? new Float32Array(identity.dimensions)));
    return {
      identity,
      count: ordinals.length,
      async fill(index) {
        const { ingest } = await import("../llamaindex/ingestion"); // LlamaIndex takes 100 ms to load
        await ingest(
          {
            setId: plan.id,
            chunks,
            ordinals,
            index,
            embedder: {
              embedDocuments: lookUp,
              embedQuery: (text, abort) => embedder.embedQuery(text, abort),
            },
            onIngested: () => undefined,
          },
          signal,
        );
      },
    };
  };

  const putWords = async (source: IndexSource, signal: AbortSignal): Promise<readonly PendingSet[]> => {
    const embedder = peek(sets.embedder(signal));
    const readAt = new Date().toISOString();
    const earlier = await earlierSets(source.origin, signal);
    const content = await timed("read", () =>
      request.fresh ? read(withAddresses(source, earlier), [], signal) : read(source, earlier, signal),
    );
    tally.passedOver.push(...content.passedOver);
    const isFolder = (await stat(source.path)).isDirectory();
    const plans = planSets({ ...request, ...source, isFolder, ...content });
    meter.update({ passagesTotal: sum(content.documents, ({ chunks }) => chunks.length), passages: 0 });
    const pending: PendingSet[] = [];
    for (const plan of plans) {
      const place = placeOf(plan.id);
      const before = earlier.find(({ manifest }) => manifest.set.id === plan.id);
      if (before && hasPassages(before, plan)) {
        const inForce = await withSource(place, before.manifest, plan);
        pending.push({ place, plan: { ...plan, readAt }, inForce, unchanged: !request.fresh });
        continue;
      }
      const vectors = await vectorsAtHand(plan, request.fresh ? [] : earlier, embedder(), signal);
      const inForce = await timed("store", async () => {
        const manifest = await writeGeneration(
          { place, content: { ...plan, readAt }, ...(vectors && { vectors }) },
          signal,
        );
        signal.throwIfAborted();
        await commitGeneration(place, manifest);
        return manifest;
      });
      pending.push({ place, plan: { ...plan, readAt }, inForce, unchanged: false });
    }
    meter.update({ answersByWords: true });
    // The same origin had documents of a version that it has no more.
    const stale = earlier.filter(({ manifest }) => plans.every(({ id }) => id !== manifest.set.id));
    for (const { manifest } of stale) await removeSet(placeOf(manifest.set.id));
    return pending;
  };

  const putVectors = async (pending: PendingSet, signal: AbortSignal): Promise<void> => {
    const { place, plan, unchanged } = pending;
    let { inForce } = pending;
    const position = tally.sets.push(describe(inForce)) - 1;
    try {
      if (!wantsVectors(plan.source)) {
        const same = plan.documents.filter((document) => unchanged || document.unchanged).length;
        tally.unchanged += same;
        tally.read += plan.documents.length - same;
        return;
      }
      const embedder = await sets.embedder(signal);
      if (unchanged && isComplete(inForce, embedder)) {
        tally.unchanged += plan.documents.length;
        return;
      }
      tally.unchanged += plan.documents.filter((document) => document.unchanged).length;
      tally.read += plan.documents.filter((document) => !document.unchanged).length;
      inForce = await embedAndStore({ ...pending, inForce }, embedder, signal);
    } catch (error) {
      signal.throwIfAborted();
      inForce = { ...inForce, unfinished: failureText(failureOf(error)).message };
      await commitGeneration(place, inForce).catch(() => undefined);
      throw error;
    } finally {
      tally.sets[position] = describe(inForce);
    }
  };

  const embedAndStore = async (
    { place, plan, inForce }: PendingSet,
    embedder: Embedder,
    signal: AbortSignal,
  ): Promise<SetManifest> => {
    const chunks = chunksOf(plan);
    const texts = chunks.map(({ text }) => text);
    const cache = createVectorCache(store, embedder.identity);
    const vectorsOf = await (reusing ??= createReusing(embedder, signal));
    const vectorOf = (text: string) => vectorsOf.vectorOf(text);
    tally.packaged += texts.filter((text) => packaged.has(passageHash(text))).length;
    meter.expect(texts.filter((text) => !vectorOf(text)).length);
    meter.update({ phase: "embedding", label: plan.name, passages: 0, passagesTotal: chunks.length });
    const failures = await timed("embed", () => vectorsOf.embed(texts, signal));
    meter.update({ phase: "storing" });
    const vectors = fillWith(plan, chunks, embedder, vectorOf, signal);
    const [failure] = failures.values();
    const unfinished = failure && failureText(failure).message;
    const manifest = await timed("store", () =>
      writeGeneration(
        {
          place,
          content: plan,
          vectors,
          samePassages: inForce,
          ...(unfinished !== undefined && { unfinished }),
        },
        signal,
      ),
    );
    meter.update({ phase: "checking" });
    const proof = await timed("check", async () =>
      proveIndex(place.folder, await loadSet(place.folder, manifest, signal, chunks), embedder, signal),
    );
    tally.check.asked += proof.asked;
    tally.check.byVectors += proof.byVectors;
    tally.check.byWords += proof.byWords;
    signal.throwIfAborted();
    await timed("store", () => commitGeneration(place, manifest));
    await cache.discard();
    return manifest;
  };

  const createReusing = async (embedder: Embedder, signal: AbortSignal): Promise<ReusingEmbedder> => {
    const { identity } = embedder;
    const cache = createVectorCache(store, identity);
    packaged = (await packagedVectors?.(identity)) ?? packaged;
    // A run from scratch still goes on with what it computed itself before it was paused.
    const own = request.fresh
      ? await cache.load()
      : await knownVectors({ sets, store, identity, cache }, signal);
    return createReusingEmbedder({
      embedder,
      known: new Map([...packaged, ...own]),
      cache,
      onEmbedded: (count) => {
        tally.embedded += count;
        meter.embedded(count);
      },
      onReused: (count) => {
        tally.reused += count;
        meter.reused(count);
      },
    });
  };

  const placeOf = (setId: string): SetPlace => ({ folder: join(setsFolder(store), setId), scratch });

  return { report: tally, putWords, putVectors };
}

function chunksOf({ documents }: PlannedSet): readonly SetChunk[] {
  return documents.flatMap((document) => document.chunks);
}

/** The copies on this machine do not say where they came from; the sets that were made of them do. */
function withAddresses(source: IndexSource, earlier: readonly LoadedSet[]): IndexSource {
  const known = earlier
    .flatMap(({ manifest }) => manifest.documents)
    .flatMap(({ path, url }) => (url === undefined ? [] : [[path, url]]));
  return {
    ...source,
    addresses: { ...(Object.fromEntries(known) as Record<string, string>), ...source.addresses },
  };
}

/** The documents are the same, but the server may call them by another validator, or the person by other bounds. */
async function withSource(place: SetPlace, manifest: SetManifest, plan: PlannedSet): Promise<SetManifest> {
  const { id, name, origin } = manifest.set;
  const updated: SetManifest = { ...manifest, set: { id, name, origin, ...setWords(plan) } };
  if (JSON.stringify(updated.set) === JSON.stringify(manifest.set)) return manifest;
  await commitGeneration(place, updated);
  return updated;
}

/** The same documents, passages and names. */
function hasPassages({ manifest, chunks }: LoadedSet, plan: PlannedSet): boolean {
  const entries = plan.documents.map(({ entry }) => entry);
  const planned = chunksOf(plan);
  return (
    manifest.chunker === chunkerVersion &&
    manifest.set.name === plan.name &&
    JSON.stringify(manifest.documents) === JSON.stringify(entries) &&
    planned.length === chunks.length &&
    planned.every((chunk, position) => chunk === chunks[position] || chunk.text === chunks[position]?.text)
  );
}

/** All passages have a vector of this embedder's space. */
function isComplete({ embedding, counts }: SetManifest, { identity }: Embedder): boolean {
  return (
    embedding !== undefined &&
    identityKey(embedding) === identityKey(identity) &&
    counts.embedded === counts.passages
  );
}

/** The value of a promise once it has one: words do not wait for a server that takes its time. */
function peek<T>(promise: Promise<T>): () => T | undefined {
  let value: T | undefined;
  promise.then(
    (settled) => (value = settled),
    () => undefined, // whoever needs it asks again
  );
  return () => value;
}

function sum<T>(items: readonly T[], valueOf: (item: T) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}
