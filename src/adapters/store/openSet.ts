/** Opens a set of a store for searching, and says of every set how it is. */
import { basename, dirname, join } from "node:path";
import { chunkerVersion } from "../../core/document/chunkerVersion";
import type { DocumentSet, SetWords } from "../../core/document/documentSet";
import type { DocumentSource } from "../../core/document/documentSource";
import type { EmbeddingIdentity } from "../../core/embedder";
import { FailureError } from "../../core/failure";
import type { Neighbour, SearchableSet, SetChunk } from "../../core/search/searchableSet";
import { identityKey } from "../embedding/embeddingModels";
import { PassageIndex } from "../vectra/passageIndex";
import { createAtomicStorage } from "../vectra/storage";
import { damaged, type SetManifest } from "./manifest";
import { isAsWritten, readPassages } from "./passagesFile";

/** A set on disk with all that the manifest promises, read and compared with its checksums. */
export interface LoadedSet {
  readonly manifest: SetManifest;
  readonly chunks: readonly SetChunk[];
  /** Absent in a set without vectors. */
  readonly index?: PassageIndex;
}

/**
 * Reads what a manifest names. Throws `index-damaged` when it is not what was written.
 * @param folder Of the set.
 * @param known The passages, when they are in memory already: the file is then only compared with its checksum.
 */
export async function loadSet(
  folder: string,
  manifest: SetManifest,
  signal: AbortSignal,
  known?: readonly SetChunk[],
): Promise<LoadedSet> {
  signal.throwIfAborted();
  const { files, counts, documents, embedding } = manifest;
  try {
    const passagesPath = join(folder, files.passages.path);
    if (known && !(await isAsWritten(passagesPath, files.passages))) {
      throw new Error("the passages are not what was written");
    }
    const chunks = known ?? (await readPassages(passagesPath, files.passages, documents));
    if (chunks.length !== counts.passages) throw new Error("passages are missing");
    signal.throwIfAborted();
    if (!embedding || !files.vectors) {
      if (counts.embedded > 0) throw new Error("vectors are missing");
      return { manifest, chunks };
    }
    const vectorsPath = join(folder, files.vectors.path);
    const expected = new Map([[basename(vectorsPath), files.vectors.sha256]]);
    const index = new PassageIndex(dirname(vectorsPath), createAtomicStorage(expected));
    const { items } = await index.getIndexStats();
    if (items !== counts.embedded) throw new Error("vectors are missing");
    return { manifest, chunks, index };
  } catch (error) {
    signal.throwIfAborted();
    throw damaged(folder, error instanceof Error ? error.message : String(error));
  }
}

/** Throws `index-mismatch` when this Docwright makes other passages or other vectors than the set holds. */
export function refuseMismatch(folder: string, manifest: SetManifest, identity: EmbeddingIdentity): void {
  const refuse = (what: string, found: string | number, expected: string | number) => {
    throw new FailureError({
      kind: "index-mismatch",
      path: folder,
      what,
      found: String(found),
      expected: String(expected),
    });
  };
  if (manifest.chunker !== chunkerVersion) refuse("chunker", manifest.chunker, chunkerVersion);
  const { embedding } = manifest;
  if (!embedding || identityKey(embedding) === identityKey(identity)) return;
  if (embedding.model !== identity.model) refuse("the embedding model", embedding.model, identity.model);
  if (embedding.dimensions !== identity.dimensions) {
    refuse("vectors of dimension", embedding.dimensions, identity.dimensions);
  }
  refuse("the model prefixes", JSON.stringify(embedding), JSON.stringify(identity));
}

/** The set for the search. Vectors of another space are left out when `identity` is not theirs: see {@link refuseMismatch}. */
export function searchable(
  { manifest, chunks, index }: LoadedSet,
  identity: EmbeddingIdentity,
): SearchableSet {
  const comparable =
    index && manifest.embedding && identityKey(manifest.embedding) === identityKey(identity)
      ? index
      : undefined;
  return {
    set: describe(manifest),
    chunks,
    ...(comparable && { embedding: identity }),
    async nearest(query, count, signal): Promise<readonly Neighbour[]> {
      signal.throwIfAborted();
      if (!comparable) return [];
      const found = await comparable.queryItems(Array.from(query), "", count);
      return found.map(({ item, score }) => ({ position: item.metadata.ordinal, similarity: score }));
    },
  };
}

function sourceOf(source: NonNullable<SetManifest["set"]["source"]>): DocumentSource {
  switch (source.kind) {
    case "download": {
      const { kind, path, etag, lastModified } = source;
      return {
        kind,
        path,
        ...(etag !== undefined && { etag }),
        ...(lastModified !== undefined && { lastModified }),
      };
    }
    case "site": {
      const { expectVersion, ...site } = source;
      return { ...site, ...(expectVersion !== undefined && { expectVersion }) };
    }
    case "dependencies": {
      const { build, ...rest } = source;
      return { ...rest, ...(build !== undefined && { build }) };
    }
    case "embedded":
    case "file":
    case "folder":
      return source;
  }
}

function wordsOf({ name, springBootVersion }: NonNullable<SetManifest["set"]["asked"]>): SetWords {
  return {
    ...(name !== undefined && { name }),
    ...(springBootVersion !== undefined && { springBootVersion }),
  };
}

/** The jars of a project are searched by words alone until a person wants more. */
export function wantsVectors(
  source: { readonly kind: string; readonly vectors?: boolean } | undefined,
): boolean {
  return source?.kind !== "dependencies" || source.vectors === true;
}

/** What a person sees of a set that is as it should be. */
export function describe(manifest: SetManifest): DocumentSet {
  const { set, counts, documents, files, created, unfinished } = manifest;
  const missing = counts.passages - counts.embedded;
  const isWhole = missing === 0 || !wantsVectors(set.source);
  const state = isWhole ? "ready" : counts.embedded === 0 ? "lexical" : "partial";
  const reason = `${missing} of ${counts.passages} passages have no vector yet.`;
  return {
    id: set.id,
    name: set.name,
    origin: set.origin,
    ...(set.source && { source: sourceOf(set.source) }),
    ...(set.asked && { asked: wordsOf(set.asked) }),
    ...(set.springBootVersion !== undefined && { springBootVersion: set.springBootVersion }),
    documents: documents.length,
    formats: [...new Set(documents.map(({ format }) => format))],
    passages: counts.passages,
    embedded: counts.embedded,
    bytes: files.passages.bytes + (files.vectors?.bytes ?? 0),
    indexedAt: created,
    state,
    ...(!isWhole && { reason: unfinished === undefined ? reason : `${reason} ${unfinished}` }),
  };
}
