/** The field guide of the package as a set, made when the package is built: texts from `docs-index`, vectors from there as far as they fit. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Embedder, EmbeddingIdentity } from "../../core/embedder";
import type { SetChunk } from "../../core/search/searchableSet";
import { vectorsOfSet } from "../indexing/knownVectors";
import { proveIndex, type Proof } from "../indexing/proveIndex";
import { readSource } from "../indexing/readSource";
import { createReusingEmbedder } from "../indexing/reusingEmbedder";
import { readCommittedVectors, writeCommittedVectors } from "../store/committedVectors";
import { readManifest } from "../store/manifest";
import { loadSet } from "../store/openSet";
import { createVectorCache, passageHash } from "../store/vectorCache";
import { commitGeneration, writeGeneration } from "../store/writeSet";
import { questionsFolder, readQuestionEntries, readUnanswered } from "./questionFiles";

/** The set's origin: it came with the package. */
export const embeddedOrigin = "embedded";

export interface GuideProps {
  /** Root of the repository: `docs-index` is read, `dist/guide` is made. */
  readonly root: string;
  readonly embedder: Embedder;
  /** Also replaces the vectors that are kept in the repository. */
  readonly updateVectors: boolean;
  /** Called as texts are embedded, with how many there are by now. */
  readonly onEmbedded: (texts: number) => void;
}

export interface GuideReport {
  readonly documents: number;
  readonly passages: number;
  /** Passages and questions that had no vector in the repository. */
  readonly embedded: number;
  readonly proof: Proof;
}

const line = "3.2";
const lineFolder = `spring-boot-${line}`;
/** Id of the set, by which the search finds it whatever store is asked. */
export const fieldGuideId = `field-guide-${line}`;

/** Replaces `dist/guide`. A guide file that cannot be read is an error here: it is ours. */
export async function buildEmbeddedGuide(props: GuideProps, signal: AbortSignal): Promise<GuideReport> {
  const { root, embedder, updateVectors, onEmbedded } = props;
  const home = join(root, "docs-index", lineFolder);
  const folder = join(root, "dist", "guide");
  const { documents, passedOver } = await readGuide(home, signal);
  const [unreadable] = passedOver;
  if (unreadable) throw new Error(`${unreadable.path}: ${unreadable.why}`);
  const chunks = documents.flatMap((document) => document.chunks);

  const kept = new Map<string, Float32Array>();
  let embedded = 0;
  const reusing = createReusingEmbedder({
    embedder,
    known: await vectorsAtHand(home, folder, embedder.identity, signal),
    cache: {
      load: () => Promise.resolve(kept),
      append: (entries) => {
        for (const { hash, vector } of entries) kept.set(hash, vector);
        return Promise.resolve();
      },
      discard: () => Promise.resolve(),
    },
    onEmbedded: (texts) => onEmbedded((embedded += texts)),
    onReused: () => undefined,
  });
  embedded += await embedQuestions(questionsFolder(root, lineFolder), embedder, updateVectors, signal);
  if (updateVectors) await updateCommitted(home, chunks, embedder, reusing, signal);

  const place = { folder, scratch: `${folder}-unfinished` };
  for (const old of [folder, place.scratch]) await rm(old, { recursive: true, force: true });
  await mkdir(place.scratch, { recursive: true });
  const { ingest } = await import("../llamaindex/ingestion");
  const content = {
    id: fieldGuideId,
    name: `Spring Boot ${line} field guide`,
    origin: embeddedOrigin,
    springBootVersion: line,
    documents,
  };
  const manifest = await writeGeneration(
    {
      place,
      content,
      vectors: {
        identity: embedder.identity,
        count: chunks.length,
        fill: (index) =>
          ingest(
            { setId: content.id, chunks, index, embedder: reusing, onIngested: () => undefined },
            signal,
          ),
      },
    },
    signal,
  );
  const proof = await proveIndex(folder, await loadSet(folder, manifest, signal), embedder, signal);
  await commitGeneration(place, manifest);
  await rm(place.scratch, { recursive: true, force: true });
  return { documents: documents.length, passages: chunks.length, embedded, proof };
}

/** The guide's documents with their passages, as they are indexed. */
export function readGuide(home: string, signal: AbortSignal): ReturnType<typeof readSource> {
  const path = join(home, "guide");
  return readSource(
    { source: { path, origin: embeddedOrigin }, earlier: [], onDocument: () => undefined },
    signal,
  );
}

/** What the repository keeps, and what the last build embedded beyond it. */
async function vectorsAtHand(
  home: string,
  folder: string,
  identity: EmbeddingIdentity,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Float32Array>> {
  const manifest = await readManifest(folder).catch(() => undefined);
  const last = manifest && (await loadSet(folder, manifest, signal).catch(() => undefined));
  signal.throwIfAborted();
  return new Map([
    ...(last ? await vectorsOfSet(last, identity) : []),
    ...(await readCommittedVectors(home, identity)),
  ]);
}

async function updateCommitted(
  home: string,
  chunks: readonly SetChunk[],
  embedder: Embedder,
  reusing: Pick<Embedder, "embedDocuments">,
  signal: AbortSignal,
): Promise<void> {
  const vectors = await reusing.embedDocuments(
    chunks.map(({ text }) => text),
    signal,
  );
  const byHash = new Map<string, Float32Array>();
  chunks.forEach(({ text }, position) => {
    const vector = vectors[position];
    if (vector) byHash.set(passageHash(text), vector);
  });
  await writeCommittedVectors(home, embedder.identity, byHash);
}

/** Gives each question of users a vector beside it; `prune` begins anew, so that vectors of questions that are gone go as well. */
async function embedQuestions(
  folder: string,
  embedder: Embedder,
  prune: boolean,
  signal: AbortSignal,
): Promise<number> {
  const entries = await readQuestionEntries(folder);
  if (entries.length === 0) return 0;
  const cache = createVectorCache(folder, embedder.identity, { plain: true });
  const known = await cache.load();
  const texts = [...entries.map(({ question }) => question), ...(await readUnanswered(folder))];
  const hashes = new Map(texts.map((question) => [passageHash(question), question]));
  const missing = [...hashes].filter(([hash]) => !known.has(hash));
  // A question meets a person's question, so it is embedded as one.
  const vectors = await Promise.all(missing.map(([, question]) => embedder.embedQuery(question, signal)));
  const added = missing.flatMap(([hash], index) =>
    vectors[index] ? [{ hash, vector: vectors[index] }] : [],
  );
  const isStale = [...known.keys()].some((hash) => !hashes.has(hash));
  if (prune && isStale) {
    await cache.discard();
    const current = [...known].filter(([hash]) => hashes.has(hash));
    await cache.append([...current.map(([hash, vector]) => ({ hash, vector })), ...added]);
  } else if (added.length > 0) await cache.append(added);
  return missing.length;
}
