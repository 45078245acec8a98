/** All that is known of a document set, for a person who wants to ask somebody about it. */
import { readFile, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { version } from "../../../package.json";
import type { DocumentSet } from "../../core/document/documentSet";
import type { SetDiagnostics } from "../../core/document/setDiagnostics";
import { failureOf, FailureError } from "../../core/failure";
import { failureText } from "../../core/failureText";
import { readActivity } from "../store/activity";
import { sha256 } from "../store/checksum";
import { readManifest, setsFolder, storeSchema, type SetManifest } from "../store/manifest";

export interface DiagnosticsProps {
  readonly list: (store: string | undefined, signal: AbortSignal) => Promise<readonly DocumentSet[]>;
  readonly packageRoot: string;
  readonly defaultStore: string;
}

/** Documents beyond this number are only counted. */
const mostDocuments = 50;

/** Throws `no-index` when there is no such set. */
export async function diagnose(
  { list, packageRoot, defaultStore }: DiagnosticsProps,
  { store = defaultStore, setId }: { readonly store?: string; readonly setId: string },
  signal: AbortSignal,
): Promise<SetDiagnostics> {
  const named = store === defaultStore ? undefined : store;
  const set = (await list(named, signal)).find(({ id }) => id === setId);
  if (!set) throw new FailureError({ kind: "no-index", store });
  const folder =
    set.origin === "embedded" ? join(packageRoot, "dist", "guide") : join(setsFolder(store), setId);
  const activity = await readActivity(store);
  const freeBytes = await statfs(store).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => undefined,
  );
  const common = {
    set,
    docwright: version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    store,
    folder,
    schema: storeSchema,
    ...(freeBytes !== undefined && { freeBytes }),
    ...(activity && { writer: activity.holder }),
  };
  try {
    const manifest = await readManifest(folder);
    if (!manifest) throw new FailureError({ kind: "no-index", store });
    return { ...common, ...(await contentOf(folder, manifest, signal)) };
  } catch (error) {
    signal.throwIfAborted();
    return { ...common, problem: failureText(failureOf(error)).message, files: [], documents: [], more: 0 };
  }
}

async function contentOf(folder: string, manifest: SetManifest, signal: AbortSignal) {
  const { chunker, embedding, created, readAt, documents } = manifest;
  const { passages: passagesFile, vectors } = manifest.files;
  const files = await Promise.all(
    [passagesFile, ...(vectors ? [vectors] : [])].map(async ({ path: name, bytes, sha256: expected }) => {
      const path = join(folder, ...name.split("/"));
      const hash = await readFile(path, { signal }).then(sha256, () => undefined);
      const size = await stat(path).then(
        (status) => status.size,
        () => 0,
      );
      signal.throwIfAborted();
      return { name, bytes, found: size, isIntact: hash === expected };
    }),
  );
  return {
    chunker,
    created,
    ...(readAt !== undefined && { readAt }),
    ...(embedding && { embedding: `${embedding.model}, ${embedding.dimensions} numbers` }),
    files,
    documents: documents.slice(0, mostDocuments).map(({ path, title, format, passages, url }) => ({
      path,
      title,
      format,
      passages,
      ...(url !== undefined && { url }),
    })),
    more: Math.max(0, documents.length - mostDocuments),
  };
}
