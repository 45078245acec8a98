import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { EmbeddingIdentity } from "../../core/embedder";
import { identityKey } from "../embedding/embeddingModels";
import { setsFolder } from "../store/manifest";
import type { LoadedSet } from "../store/openSet";
import { passageHash, type VectorCache } from "../store/vectorCache";

export interface KnownVectorsProps {
  readonly sets: { load(folder: string, signal: AbortSignal): Promise<LoadedSet | undefined> };
  readonly store: string;
  readonly identity: EmbeddingIdentity;
  readonly cache: VectorCache;
}

/** Vectors that need not be computed, by {@link passageHash}: of an unfinished run, and of all sets in the store of the same vector space. */
export async function knownVectors(
  { sets, store, identity, cache }: KnownVectorsProps,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Float32Array>> {
  const vectors = new Map(await cache.load());
  const root = setsFolder(store);
  for (const name of await readdir(root).catch(() => [])) {
    const set = await sets.load(join(root, name), signal).catch(() => undefined);
    signal.throwIfAborted();
    for (const [hash, vector] of set ? await vectorsOfSet(set, identity) : []) vectors.set(hash, vector);
  }
  return vectors;
}

/** The vectors of a set by {@link passageHash}; none when they are of another space. */
export async function vectorsOfSet(
  { manifest, chunks, index }: LoadedSet,
  identity: EmbeddingIdentity,
): Promise<ReadonlyMap<string, Float32Array>> {
  const vectors = new Map<string, Float32Array>();
  if (!index || !manifest.embedding || identityKey(manifest.embedding) !== identityKey(identity))
    return vectors;
  for (const { metadata, vector } of await index.listItems()) {
    const chunk = chunks[metadata.ordinal];
    if (chunk) vectors.set(passageHash(chunk.text), Float32Array.from(vector));
  }
  return vectors;
}
