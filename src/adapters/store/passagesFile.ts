/**
 * The passages of a set on disk: a JSON object a line, in the order of the passages, so that neither writing nor reading ever holds the
 * whole file as one string (V8 ends at half a gigabyte). Schema 1 had one JSON object, which is still read.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { z } from "zod";
import type { SetChunk } from "../../core/search/searchableSet";
import { writePiecesAtomically, type WrittenFile } from "./atomicFile";
import type { ManifestDocument, StoredFile } from "./manifest";

const passageSchema = z.object({
  /** Position in the manifest's documents. */
  document: z.number().int().nonnegative(),
  /** Position in the document. */
  ordinal: z.number().int().nonnegative(),
  text: z.string(),
  headingPath: z.array(z.string()),
  anchor: z.string().optional(),
  page: z.number().int().optional(),
});
type StoredPassage = z.infer<typeof passageSchema>;

const schema1 = z.object({ passages: z.array(passageSchema) });

/** Lines are written together until they are this long. */
const pieceLength = 1 << 20;

/** Writes the passages of documents, whole or not at all. */
export async function writePassages(
  path: string,
  documents: readonly { readonly chunks: readonly SetChunk[] }[],
): Promise<WrittenFile> {
  return writePiecesAtomically(path, inPieces(documents));
}

/** Reads what {@link writePassages} wrote; throws when it is not what the manifest says. */
export async function readPassages(
  path: string,
  expected: StoredFile,
  documents: readonly ManifestDocument[],
): Promise<SetChunk[]> {
  const passages: SetChunk[] = [];
  const hash = createHash("sha256");
  // Headings stand above many passages; JSON gives each its own copy.
  const headings = new Map<string, string>();
  const shared = (heading: string) => {
    const known = headings.get(heading);
    if (known === undefined) headings.set(heading, heading);
    return known ?? heading;
  };
  const take = (value: unknown) => {
    const passage = passageSchema.parse(value);
    passages.push(chunkOf({ ...passage, headingPath: passage.headingPath.map(shared) }, documents));
  };
  if (path.endsWith(".jsonl")) {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const piece of piecesOf(path)) {
      hash.update(piece);
      const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) take(JSON.parse(line));
    }
    if (rest !== "") throw new Error("the passages are cut off");
  } else {
    const pieces: Buffer[] = [];
    for await (const piece of piecesOf(path)) {
      hash.update(piece);
      pieces.push(piece);
    }
    schema1.parse(JSON.parse(Buffer.concat(pieces).toString("utf8"))).passages.forEach(take);
  }
  if (hash.digest("hex") !== expected.sha256) throw new Error("the passages are not what was written");
  return passages;
}

/** Compares a file with what was written, without keeping it in memory. */
export async function isAsWritten(path: string, expected: StoredFile): Promise<boolean> {
  const hash = createHash("sha256");
  for await (const piece of piecesOf(path)) hash.update(piece);
  return hash.digest("hex") === expected.sha256;
}

function piecesOf(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: pieceLength });
}

function* inPieces(documents: readonly { readonly chunks: readonly SetChunk[] }[]): Iterable<Buffer> {
  let lines: string[] = [];
  let length = 0;
  for (const [document, { chunks }] of documents.entries()) {
    for (const { ordinal, text, headingPath, anchor, page } of chunks) {
      const passage: StoredPassage = {
        document,
        ordinal,
        text,
        headingPath: [...headingPath],
        anchor,
        page,
      };
      const line = `${JSON.stringify(passage)}\n`;
      lines.push(line);
      length += line.length;
      if (length < pieceLength) continue;
      yield Buffer.from(lines.join(""));
      lines = [];
      length = 0;
    }
  }
  yield Buffer.from(lines.join(""));
}

function chunkOf(passage: StoredPassage, documents: readonly ManifestDocument[]): SetChunk {
  const { document, ordinal, text, headingPath, anchor, page } = passage;
  const source = documents[document];
  if (!source) throw new Error("a passage stands in no document");
  return {
    ordinal,
    text,
    headingPath,
    document: source.title,
    documentPath: source.path,
    ...(source.url !== undefined && { documentUrl: source.url }),
    ...(anchor !== undefined && { anchor }),
    ...(page !== undefined && { page }),
  };
}
