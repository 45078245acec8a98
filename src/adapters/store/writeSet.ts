/** Writes a new generation of a set beside the one in force, and puts it in force. */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { chunkerVersion } from "../../core/document/chunkerVersion";
import type { SetWords } from "../../core/document/documentSet";
import type { DocumentSource } from "../../core/document/documentSource";
import type { EmbeddingIdentity } from "../../core/embedder";
import { FailureError } from "../../core/failure";
import type { SetChunk } from "../../core/search/searchableSet";
import { PassageIndex } from "../vectra/passageIndex";
import { createAtomicStorage } from "../vectra/storage";
import {
  codeOf,
  renameWithPatience,
  syncFolder,
  temporaryPrefix,
  writeFailure,
  writeFileAtomically,
  type WrittenFile,
} from "./atomicFile";
import {
  manifestName,
  readManifest,
  setsFolder,
  storeSchema,
  writeManifest,
  type ManifestDocument,
  type SetManifest,
  type StoredFile,
} from "./manifest";
import { writePassages } from "./passagesFile";

export interface SetContent {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
  readonly springBootVersion?: string;
  readonly source?: DocumentSource;
  readonly asked?: SetWords;
  /** ISO 8601; absent: now. */
  readonly readAt?: string;
  /** In the order of their passages. */
  readonly documents: readonly { readonly entry: ManifestDocument; readonly chunks: readonly SetChunk[] }[];
}

export interface SetVectors {
  readonly identity: EmbeddingIdentity;
  /** Passages that get one; fewer than there are while vectors are still computed. */
  readonly count: number;
  /** Puts one vector a passage into the index, which is made and empty, and persists it. */
  readonly fill: (index: PassageIndex) => Promise<void>;
}

/** Where a set is, and where a writer makes what it then moves there: below its lock, so that a lock that was lost stops it (storeLock.ts). */
export interface SetPlace {
  readonly folder: string;
  /** On the same disk. */
  readonly scratch: string;
}

export interface GenerationProps {
  readonly place: SetPlace;
  readonly content: SetContent;
  /** Absent for a set that is searched by words alone. */
  readonly vectors?: SetVectors;
  /** In force, with the same passages: their file is used on. */
  readonly samePassages?: SetManifest;
  /** See {@link SetManifest}. */
  readonly unfinished?: string;
}

/** Everything on disk but not in force yet: pass the manifest to {@link commitGeneration}. Throws `disk-full` and `not-writable`. */
export async function writeGeneration(props: GenerationProps, signal: AbortSignal): Promise<SetManifest> {
  const { place, content, vectors, samePassages, unfinished } = props;
  let files: SetManifest["files"];
  try {
    await mkdir(place.folder, { recursive: true });
    const name = await nextGeneration(place.folder);
    const made = join(place.scratch, `${content.id}-${name}`);
    await mkdir(made);
    const passages: StoredFile = samePassages?.files.passages ?? {
      path: `${name}/passages.jsonl`,
      ...(await writePassages(join(made, "passages.jsonl"), content.documents)),
    };
    signal.throwIfAborted();
    const written = vectors && { path: `${name}/index.dwvx`, ...(await writeIndex(made, vectors)) };
    signal.throwIfAborted();
    await renameWithPatience(made, join(place.folder, name));
    await syncFolder(place.folder);
    files = { passages, ...(written && { vectors: written }) };
  } catch (error) {
    signal.throwIfAborted();
    throw lostOr(error, place.folder);
  }
  return {
    schema: storeSchema,
    set: {
      id: content.id,
      name: content.name,
      origin: content.origin,
      ...setWords(content),
    },
    created: new Date().toISOString(),
    ...(content.readAt !== undefined && { readAt: content.readAt }),
    ...(vectors && { embedding: vectors.identity }),
    chunker: chunkerVersion,
    documents: content.documents.map(({ entry }) => entry),
    counts: {
      passages: content.documents.reduce((sum, { chunks }) => sum + chunks.length, 0),
      embedded: vectors?.count ?? 0,
    },
    files,
    ...(unfinished !== undefined && { unfinished }),
  };
}

/** The optional part of what a manifest says of its set. */
export function setWords({ springBootVersion, source, asked }: SetContent): Partial<SetManifest["set"]> {
  return {
    ...(springBootVersion !== undefined && { springBootVersion }),
    ...(source && { source: storedSource(source) }),
    ...(asked && Object.keys(asked).length > 0 && { asked }),
  };
}

function storedSource(source: DocumentSource): NonNullable<SetManifest["set"]["source"]> {
  return source.kind === "site" ? { ...source, exclude: [...source.exclude] } : source;
}

/** One rename: before it the earlier generation is in force, after it the new one. Then what is not in force any more is removed. */
export async function commitGeneration(place: SetPlace, manifest: SetManifest): Promise<void> {
  await writeManifest(place.folder, manifest, place.scratch).catch((error: unknown) => {
    throw lostOr(error, place.folder);
  });
  await removeLeftovers(place, manifest);
}

/** From here on the set is gone, whatever happens to its files. Throws `not-writable`. */
export async function removeSet({ folder, scratch }: SetPlace): Promise<void> {
  try {
    // A reader on Windows may hold a file open, and then the folder cannot be moved.
    await moveAway(folder, scratch).catch(() => moveAway(join(folder, manifestName), scratch));
  } catch (error) {
    throw lostOr(error, folder);
  }
}

/** Removes what killed or cancelled runs left in a store. Call it with the store's lock. */
export async function cleanStore(store: string, scratch: string): Promise<void> {
  // What is being made is a folder each; the lock's own notes are files.
  for (const made of await readdir(scratch, { withFileTypes: true }).catch(() => [])) {
    if (made.isDirectory()) await rm(join(scratch, made.name), { recursive: true, force: true });
  }
  for (const name of await readdir(store)) {
    const path = join(store, name);
    // Somebody else may be trying to take the lock just now.
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? 0);
    if (name.startsWith(temporaryPrefix) && age > 60_000)
      await moveAway(path, scratch).catch(() => undefined);
  }
  const root = setsFolder(store);
  for (const name of await readdir(root).catch(() => [])) {
    const place = { folder: join(root, name), scratch };
    // A manifest that cannot be read still stands for somebody's work: it is left for the person to see.
    const manifest = await readManifest(place.folder).catch(() => "unreadable" as const);
    if (manifest === "unreadable") continue;
    if (manifest) await removeLeftovers(place, manifest);
    else await moveAway(place.folder, scratch).catch(() => undefined);
  }
}

/** What a reader on Windows holds open stays for the next writer. */
async function removeLeftovers({ folder, scratch }: SetPlace, { files }: SetManifest): Promise<void> {
  const inForce = [files.passages, files.vectors].map((file) => file?.path.split("/")[0]);
  for (const name of await readdir(folder)) {
    if (name === manifestName || inForce.includes(name)) continue;
    if (/^g-\d+$/.test(name) || name.startsWith(temporaryPrefix)) {
      await moveAway(join(folder, name), scratch).catch(() => undefined);
    }
  }
}

/** Removes by moving below the lock first: who lost it must not take away what another is making. */
async function moveAway(path: string, scratch: string): Promise<void> {
  const away = join(scratch, `away-${randomUUID()}`);
  await rename(path, away);
  await rm(away, { recursive: true, force: true }).catch(() => undefined);
}

/** The writer's own folder is gone only when its lock is. */
function lostOr(error: unknown, path: string): Error {
  return codeOf(error) === "ENOENT"
    ? new FailureError({ kind: "locked", path, holder: "another process" })
    : writeFailure(error, path);
}

async function nextGeneration(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => []);
  const numbers = names.flatMap((name) => (/^g-\d+$/.test(name) ? [Number(name.slice(2))] : []));
  return `g-${Math.max(0, ...numbers) + 1}`;
}

/** Vectra wraps what its storage throws into an error of text alone; a full disk must still be known as one. */
async function writeIndex(generation: string, { fill }: SetVectors): Promise<WrittenFile> {
  let failure: unknown;
  let written: WrittenFile | undefined;
  const storage = createAtomicStorage();
  const index = new PassageIndex(generation, {
    ...storage,
    deleteFolder: () => Promise.resolve(), // Vectra would take the passages along when it cannot make its file
    upsertFile: async (path, content) => {
      try {
        written = await writeFileAtomically(path, content);
      } catch (error) {
        failure = error;
        throw error;
      }
    },
  });
  try {
    await index.createIndex();
    await fill(index);
  } catch (error) {
    throw failure ?? error;
  }
  if (!written) throw new Error("no index was written");
  return written;
}
