/** Tells whether the documents of a set are still those that were indexed. */
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { buildChecksum } from "../classpath/buildTexts";
import { findDocuments } from "../readers/walk";
import { sha256 } from "../store/checksum";
import type { SetManifest } from "../store/manifest";

export interface Staleness {
  /** What has changed, in a sentence; undefined while nothing has, and for sets whose documents are not on this machine. */
  changeOf(folder: string, manifest: SetManifest, signal: AbortSignal): Promise<string | undefined>;
}

/** Milliseconds for which an answer is good enough: lists are asked for again and again. */
const goodFor = 2_000;

export function createStaleness(now: () => number = Date.now): Staleness {
  const answers = new Map<string, { readonly at: number; readonly change: Promise<string | undefined> }>();
  /** Hashes of files by what the file system says of them. */
  const hashes = new Map<string, string>();

  const hashOf = async (path: string, stamp: string): Promise<string> => {
    const key = `${path}\n${stamp}`;
    const known = hashes.get(key);
    if (known !== undefined) return known;
    const hash = sha256(await readFile(path));
    hashes.set(key, hash);
    return hash;
  };

  const find = async (manifest: SetManifest, signal: AbortSignal): Promise<string | undefined> => {
    const { source } = manifest.set;
    if (source?.kind === "dependencies") {
      const build = source.build === undefined ? undefined : await buildChecksum(source.project, signal);
      return build === undefined || build === source.build
        ? undefined
        : "The build files have changed since it was indexed.";
    }
    const root = await rootOf(manifest);
    if (root === undefined) return undefined;
    const readAt = Date.parse(manifest.readAt ?? manifest.created);
    const changed: string[] = [];
    let gone = 0;
    for (const { path, sha256: indexed } of manifest.documents) {
      signal.throwIfAborted();
      const file = join(root, ...path.split("/"));
      const status = await stat(file).catch(() => undefined);
      if (!status) gone++;
      // The time of a change of the entry tells of a file that was put in another's place, whatever its own time is.
      else if (Math.max(status.mtimeMs, status.ctimeMs) >= readAt) {
        const hash = await hashOf(file, `${status.mtimeMs} ${status.ctimeMs} ${status.size}`).catch(() => "");
        if (hash !== indexed) changed.push(path);
      }
    }
    const added =
      manifest.set.source?.kind === "folder" ? await addedSince(root, manifest, readAt, signal) : 0;
    return sentence(manifest, { changed, gone, added });
  };

  return {
    changeOf(folder, manifest, signal) {
      const key = `${folder}\n${manifest.created}\n${manifest.readAt ?? ""}`;
      const known = answers.get(key);
      if (known && now() - known.at < goodFor) return known.change;
      const change = find(manifest, signal);
      answers.set(key, { at: now(), change });
      change.catch(() => answers.delete(key));
      return change;
    },
  };
}

/** The folder that the documents' paths start from; undefined for what lies nowhere on this machine. */
async function rootOf({ set }: SetManifest): Promise<string | undefined> {
  const { source, origin } = set;
  switch (source?.kind) {
    case "file":
      return dirname(origin);
    case "folder":
      return origin;
    case "download":
      return dirname(source.path);
    case "site":
      return source.path;
    default: {
      const status = await stat(origin).catch(() => undefined);
      if (!status) return undefined;
      return status.isDirectory() ? origin : dirname(origin);
    }
  }
}

async function addedSince(
  root: string,
  { documents }: SetManifest,
  readAt: number,
  signal: AbortSignal,
): Promise<number> {
  const found = await findDocuments(root, signal).catch(() => undefined);
  signal.throwIfAborted();
  const known = new Set(documents.map(({ path }) => path));
  let added = 0;
  for (const { path } of found?.files ?? []) {
    if (known.has(relative(root, path).split(sep).join("/"))) continue;
    const status = await stat(path).catch(() => undefined);
    // What was there before was passed over, or belongs to the set of another version.
    if (status && status.ctimeMs >= readAt) added++;
  }
  return added;
}

function sentence(
  { documents, set }: SetManifest,
  {
    changed,
    gone,
    added,
  }: { readonly changed: readonly string[]; readonly gone: number; readonly added: number },
): string | undefined {
  // Documents that are all gone leave nothing to bring the set up to date with.
  if (changed.length + gone + added === 0 || gone === documents.length) return undefined;
  if (documents.length === 1 && added === 0) {
    const name = set.source?.kind === "download" ? set.origin : basename(documents[0]?.path ?? set.origin);
    return `${name} has changed since it was indexed.`;
  }
  const parts = [
    changed.length > 0 ? `${changed.length} changed` : "",
    added > 0 ? `${added} added` : "",
    gone > 0 ? `${gone} gone` : "",
  ].filter((part) => part !== "");
  return `Since it was indexed, of its ${documents.length} documents: ${parts.join(", ")}.`;
}
