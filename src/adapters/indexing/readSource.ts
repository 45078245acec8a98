/** Reads what a person named into passages; documents that have not changed since the last run are taken over unread. */
import { readFile } from "node:fs/promises";
import { basename, relative, sep } from "node:path";
import { chunkDocument } from "../../core/document/chunker";
import type { DocumentSource } from "../../core/document/documentSource";
import type { IndexSource } from "../../core/engine";
import { FailureError, failureOf, type Failure } from "../../core/failure";
import { failureText } from "../../core/failureText";
import type { SetChunk } from "../../core/search/searchableSet";
import { readDocumentFile } from "../readers/reader";
import { findDocuments, type FoundDocument } from "../readers/walk";
import { codeOf } from "../store/atomicFile";
import { sha256 } from "../store/checksum";
import type { ManifestDocument } from "../store/manifest";
import type { LoadedSet } from "../store/openSet";

/** A document of a source with its passages. */
export interface SourceDocument {
  readonly entry: ManifestDocument;
  readonly chunks: readonly SetChunk[];
  /** True when its passages were taken over from an earlier run. */
  readonly unchanged: boolean;
}

export interface SourceContent {
  /** Where the documents come from, when reading told more of it. */
  readonly source?: DocumentSource;
  readonly documents: readonly SourceDocument[];
  readonly passedOver: readonly { readonly path: string; readonly why: string }[];
}

export interface ReadSourceProps {
  readonly source: IndexSource;
  /** Sets that were made from the same origin before. */
  readonly earlier: readonly LoadedSet[];
  readonly onDocument: (progress: {
    readonly label: string;
    readonly done: number;
    readonly total: number;
    readonly passages: number;
  }) => void;
}

/**
 * Files that cannot be read are passed over while one can; when none can, the first one's failure is thrown. Throws `not-found` and
 * `no-documents`.
 */
export async function readSource(
  { source, earlier, onDocument }: ReadSourceProps,
  signal: AbortSignal,
): Promise<SourceContent> {
  const { files, passedOver: skipped } = await findDocuments(source.path, signal);
  const known = earlierDocuments(earlier);
  const passedOver = [...skipped];
  const documents: SourceDocument[] = [];
  let firstFailure: Error | undefined;
  let passages = 0;
  for (const [index, file] of files.entries()) {
    signal.throwIfAborted();
    const label = pathInSource(file);
    onDocument({ label, done: index, total: files.length, passages });
    try {
      const { document, note } = await readOne(file, known.get(label), addressOf(source, label), signal);
      if (note !== undefined) passedOver.push({ path: file.path, why: note });
      passages += document.chunks.length;
      documents.push(document);
    } catch (error) {
      signal.throwIfAborted();
      firstFailure ??= error instanceof Error ? error : new Error(String(error));
      passedOver.push({ path: file.path, why: failureText(failureOf(error)).message });
    }
  }
  onDocument({ label: basename(source.path), done: files.length, total: files.length, passages });
  if (documents.length === 0)
    throw firstFailure ?? new FailureError({ kind: "no-documents", path: source.path });
  return { documents, passedOver };
}

async function readOne(
  file: FoundDocument,
  known: SourceDocument | undefined,
  address: string | undefined,
  signal: AbortSignal,
): Promise<{ readonly document: SourceDocument; readonly note?: string }> {
  const bytes = await readFile(file.path).catch((error: unknown) => goneOrUnreadable(file.path, error));
  if ("kind" in bytes) {
    if (!known) throw new FailureError(bytes);
    // It was found a moment ago: whoever is replacing it, or whatever took its disk away, does not mean it to be forgotten.
    return { document: known, note: `${failureText(bytes).message} Its passages of before are kept.` };
  }
  const hash = sha256(bytes);
  const url = address ?? known?.entry.url;
  // An AsciiDoc file may include others, so its own bytes do not tell whether it changed; it is quick to read.
  if (known?.entry.sha256 === hash && known.entry.url === url && known.entry.format !== "asciidoc")
    return { document: known };
  const document = await readDocumentFile({ ...file, bytes }, signal);
  const path = pathInSource(file);
  const chunks = chunkDocument(document).map((chunk): SetChunk => ({
    ...chunk,
    document: document.title,
    documentPath: path,
    ...(url !== undefined && { documentUrl: url }),
  }));
  if (chunks.length === 0)
    throw new FailureError({ kind: "document-unreadable", path: file.path, why: "empty" });
  const entry = {
    path,
    title: document.title,
    format: document.format,
    sha256: hash,
    ...(document.springBootVersion !== undefined && { springBootVersion: document.springBootVersion }),
    passages: chunks.length,
    ...(url !== undefined && { url }),
  };
  return { document: { entry, chunks, unchanged: false } };
}

function goneOrUnreadable(path: string, error: unknown): Failure {
  if (codeOf(error) === "ENOENT") return { kind: "not-found", path };
  const cause = error instanceof Error ? error.message : String(error);
  return { kind: "document-unreadable", path, why: "damaged", cause };
}

/** A single document that was downloaded is at its origin. */
function addressOf({ addresses, source, origin }: IndexSource, path: string): string | undefined {
  return addresses?.[path] ?? (source?.kind === "download" ? origin : undefined);
}

function pathInSource({ path, root }: FoundDocument): string {
  return relative(root, path).split(sep).join("/");
}

export function earlierDocuments(sets: readonly LoadedSet[]): ReadonlyMap<string, SourceDocument> {
  const documents = new Map<string, SourceDocument>();
  for (const { manifest, chunks } of sets) {
    let start = 0;
    for (const entry of manifest.documents) {
      documents.set(entry.path, {
        entry,
        chunks: chunks.slice(start, start + entry.passages),
        unchanged: true,
      });
      start += entry.passages;
    }
  }
  return documents;
}
