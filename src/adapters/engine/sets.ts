/** The document sets of a store and the field guide of the package: which there are, how they are, and opened for searching. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { DocumentSet } from "../../core/document/documentSet";
import type { Embedder } from "../../core/embedder";
import { failureOf, FailureError } from "../../core/failure";
import { failureText } from "../../core/failureText";
import type { SearchableSet } from "../../core/search/searchableSet";
import { createChosenEmbedder, type ChosenEmbedder } from "../embedding/chosenEmbedder";
import type { OllamaEmbedderProps } from "../embedding/ollamaEmbedder";
import { manifestStamp, readManifest, setsFolder, type SetManifest } from "../store/manifest";
import { describe, loadSet, refuseMismatch, searchable, type LoadedSet } from "../store/openSet";
import { tryStoreLock } from "../store/storeLock";
import { removeSet } from "../store/writeSet";
import { withSameDocuments } from "./formats";
import { createStaleness } from "./staleness";

export interface SetsProps {
  /** Root of the installed package: holds `dist/guide`. */
  readonly packageRoot: string;
  /** The store that is meant when none is named; the field guide goes with it. */
  readonly defaultStore: string;
  /** Embeddings from Ollama instead of the package's own model. */
  readonly ollamaEmbeddings?: OllamaEmbedderProps;
  /** What embeds; absent: made from the above. */
  readonly chosenEmbedder?: ChosenEmbedder;
}

export interface Sets {
  /** All sets, damaged ones included, by name. */
  list(store: string | undefined, signal: AbortSignal): Promise<readonly DocumentSet[]>;
  /** Throws `no-index` when there is no such set, `index-mismatch` and `index-damaged` when it cannot be used. */
  open(store: string | undefined, setId: string, signal: AbortSignal): Promise<SearchableSet>;
  /** The package's field guide; undefined when it cannot be used. */
  openGuide(signal: AbortSignal): Promise<SearchableSet | undefined>;
  /** All sets that can be used. Throws the first set's failure when there are sets and none can be used. */
  openAll(store: string | undefined, signal: AbortSignal): Promise<readonly SearchableSet[]>;
  /** Throws `no-index` when there is no such set and `locked` while another Docwright writes. */
  remove(store: string | undefined, setId: string, signal: AbortSignal): Promise<void>;
  /** A set with its index as it is on disk, for a writer that takes over vectors. */
  load(folder: string, signal: AbortSignal): Promise<LoadedSet | undefined>;
  /** The embedder that questions and passages share. */
  embedder(signal: AbortSignal): Promise<Embedder>;
  close(): Promise<void>;
}

interface Kept {
  readonly stamp: string;
  readonly loaded: Promise<LoadedSet>;
  searchable?: SearchableSet;
}

/** Readers race with a writer that removes the earlier generation; each try begins with a fresh manifest. */
const tries = 5;

export function createSets(props: SetsProps): Sets {
  const { packageRoot, defaultStore, ollamaEmbeddings } = props;
  const chosen =
    props.chosenEmbedder ??
    createChosenEmbedder({ packageRoot, ...(ollamaEmbeddings && { ollama: ollamaEmbeddings }) });
  const guide = join(packageRoot, "dist", "guide");
  const kept = new Map<string, Kept>();
  const staleness = createStaleness();

  /** Where sets may be: not each holds one. */
  const folders = async (store: string | undefined, signal: AbortSignal): Promise<string[]> => {
    signal.throwIfAborted();
    const root = setsFolder(store ?? defaultStore);
    const names = await readdir(root).catch(() => []);
    return [...(store === undefined ? [guide] : []), ...names.sort().map((name) => join(root, name))];
  };

  /** The set in force; the same object while its manifest on disk is the same. Undefined when it has gone. */
  const keep = async (folder: string, signal: AbortSignal): Promise<Kept | undefined> => {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      const stamp = await manifestStamp(folder);
      if (stamp === undefined) {
        kept.delete(folder);
        return undefined;
      }
      const known = kept.get(folder);
      if (known?.stamp === stamp) return known;
      const manifest = await readManifest(folder);
      if (!manifest) continue;
      const entry: Kept = { stamp, loaded: loadSet(folder, manifest, signal) };
      try {
        await entry.loaded;
        kept.set(folder, entry);
        return entry;
      } catch (error) {
        // A writer may have replaced the manifest meanwhile and removed what this one named.
        if ((await manifestStamp(folder)) === stamp || attempt === tries) throw error;
      }
    }
  };

  /** Undefined when the manifest cannot be read. */
  const idOf = async (folder: string): Promise<string | undefined> => {
    const known = kept.get(folder);
    if (known && known.stamp === (await manifestStamp(folder))) return (await known.loaded).manifest.set.id;
    return (await readManifest(folder).catch(() => undefined))?.set.id;
  };

  const openFolder = async (folder: string, signal: AbortSignal): Promise<SearchableSet | undefined> => {
    const entry = await keep(folder, signal);
    if (!entry) return undefined;
    const loaded = await entry.loaded;
    const { identity } = await chosen.get(signal);
    // With embeddings from elsewhere the guide's vectors are of no use; its words are.
    if (folder !== guide) refuseMismatch(folder, loaded.manifest, identity);
    entry.searchable ??= searchable(loaded, identity);
    return entry.searchable;
  };

  const listFolder = async (folder: string, signal: AbortSignal): Promise<DocumentSet | undefined> => {
    let manifest: SetManifest | undefined;
    try {
      manifest = await readManifest(folder);
      if (!manifest || !(await keep(folder, signal))) return undefined;
      // Sets are listed also while the server that embeds is not there.
      const embedder = await chosen.get(signal).catch(() => undefined);
      if (embedder && folder !== guide) refuseMismatch(folder, manifest, embedder.identity);
      const change = folder === guide ? undefined : await staleness.changeOf(folder, manifest, signal);
      if (change === undefined) return describe(manifest);
      return { ...describe(manifest), state: "stale", reason: change };
    } catch (error) {
      signal.throwIfAborted();
      const failure = failureOf(error);
      const reason = failureText(failure).message;
      const unusable = { reason, unusable: true } as const;
      if (!manifest) return { ...unreadable(folder), state: "damaged", ...unusable };
      // Another chunker or model makes other passages or vectors: nothing is broken, it is to be made again.
      const state = failure.kind === "index-mismatch" ? "stale" : "damaged";
      return { ...describe(manifest), state, ...unusable };
    }
  };

  return {
    async list(store, signal) {
      const own = await folders(store, signal);
      const all = (await Promise.all(own.map((folder) => listFolder(folder, signal)))).filter(
        (set) => set !== undefined,
      );
      const loaded = await Promise.all(
        own.map(async (folder) => kept.get(folder)?.loaded.catch(() => undefined)),
      );
      return withSameDocuments(
        all.sort((left, right) => left.name.localeCompare(right.name, "en")),
        new Map(loaded.flatMap((set) => (set ? [[set.manifest.set.id, set]] : []))),
      );
    },
    async open(store, setId, signal) {
      for (const folder of await folders(store, signal)) {
        const id = await idOf(folder);
        if (id === undefined ? !folder.endsWith(setId) : id !== setId) continue;
        const found = await openFolder(folder, signal);
        if (found) return found;
      }
      throw new FailureError({ kind: "no-index", store: store ?? defaultStore });
    },
    openGuide: (signal) => openFolder(guide, signal).catch(() => undefined),
    async openAll(store, signal) {
      const opened = await Promise.allSettled(
        (await folders(store, signal)).map((folder) => openFolder(folder, signal)),
      );
      signal.throwIfAborted();
      const usable = opened.flatMap((result) =>
        result.status === "fulfilled" && result.value ? [result.value] : [],
      );
      const failed = opened.find((result) => result.status === "rejected");
      if (usable.length === 0 && failed) throw failed.reason;
      return usable;
    },
    async remove(store, setId, signal) {
      const root = store ?? defaultStore;
      const folder = join(setsFolder(root), setId);
      if (!/^[\w.-]+$/.test(setId) || (await manifestStamp(folder)) === undefined) {
        throw new FailureError({ kind: "no-index", store: root });
      }
      signal.throwIfAborted();
      const lock = await tryStoreLock(root);
      if (typeof lock === "string") throw new FailureError({ kind: "locked", path: root, holder: lock });
      try {
        await removeSet({ folder, scratch: lock.folder });
      } finally {
        kept.delete(folder);
        await lock.release();
      }
    },
    load: async (folder, signal) => (await keep(folder, signal))?.loaded,
    embedder: (signal) => chosen.get(signal),
    close: () => chosen.close(),
  };
}

/** A set whose manifest cannot be read is known by its folder alone. */
function unreadable(folder: string): DocumentSet {
  const id = folder.split(/[\\/]/).at(-1) ?? folder;
  return {
    id,
    name: id,
    origin: folder,
    documents: 0,
    passages: 0,
    embedded: 0,
    bytes: 0,
    indexedAt: "",
    state: "damaged",
  };
}
