/**
 * The vectors of the official reference that come with the package: `docs-index/<line>/reference/vectors.*`, by the hash of a passage's
 * text, without any of its text. Whoever indexes the same document with the same chunker finds them all; a passage that reads otherwise by one
 * character finds none, so that a stale cache costs time and never a wrong vector.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Embedder, EmbeddingIdentity } from "../../core/embedder";
import { createReusingEmbedder } from "../indexing/reusingEmbedder";
import { readSource } from "../indexing/readSource";
import { readCommittedVectors, writeCommittedVectors } from "../store/committedVectors";
import { createVectorCache, passageHash } from "../store/vectorCache";

const folderName = "reference";

/** Those of every line, by {@link passageHash}; none of another vector space. */
export async function readReferenceVectors(
  packageRoot: string,
  identity: EmbeddingIdentity,
): Promise<ReadonlyMap<string, Float32Array>> {
  const home = join(packageRoot, "docs-index");
  const lines = await readdir(home).catch(() => []);
  const parts = await Promise.all(
    lines.map((line) => readCommittedVectors(join(home, line, folderName), identity)),
  );
  return new Map(parts.flatMap((part) => [...part]));
}

export interface ReferenceVectorsProps {
  /** Root of the repository. */
  readonly root: string;
  /** Folder below `docs-index`, `spring-boot-3.2`. */
  readonly line: string;
  /** Absolute paths of the documents in each of their formats and versions. */
  readonly documents: readonly string[];
  readonly embedder: Embedder;
  /** Folder that keeps what was embedded, so that a run that was stopped goes on. */
  readonly workFolder: string;
  readonly onEmbedded: (texts: number, total: number) => void;
}

export interface ReferenceVectorsReport {
  readonly passages: number;
  /** Different texts among them, and how many of these had no vector yet. */
  readonly texts: number;
  readonly embedded: number;
}

/** Replaces the line's vectors: of all passages of the documents, and of nothing else. */
export async function buildReferenceVectors(
  props: ReferenceVectorsProps,
  signal: AbortSignal,
): Promise<ReferenceVectorsReport> {
  const { root, line, documents, embedder, workFolder, onEmbedded } = props;
  const texts = new Map<string, string>();
  let passages = 0;
  for (const path of documents) {
    const content = await readSource(
      { source: { path, origin: path }, earlier: [], onDocument: () => undefined },
      signal,
    );
    for (const { text } of content.documents.flatMap(({ chunks }) => chunks)) {
      texts.set(passageHash(text), text);
      passages++;
    }
  }
  const cache = createVectorCache(workFolder, embedder.identity);
  const known = await cache.load();
  let embedded = 0;
  const reusing = createReusingEmbedder({
    embedder,
    known,
    cache,
    onEmbedded: (more) => onEmbedded((embedded += more), texts.size),
    onReused: () => undefined,
  });
  const vectors = await reusing.embedDocuments([...texts.values()], signal);
  const byHash = [...texts.keys()].flatMap((hash, position): [string, Float32Array][] => {
    const vector = vectors[position];
    return vector ? [[hash, vector]] : [];
  });
  // In the order of the hashes: the same documents give the same file.
  byHash.sort(([left], [right]) => (left < right ? -1 : 1));
  await writeCommittedVectors(join(root, "docs-index", line, folderName), embedder.identity, new Map(byHash));
  return { passages, texts: texts.size, embedded };
}
