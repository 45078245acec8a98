/**
 * What a store looks like on disk:
 *
 * ```
 * <store>/write.lock/<token>  while somebody writes: who, and what is being made (storeLock.ts)
 * <store>/vectors-<id>.checked.cache  vectors of a run that did not end (vectorCache.ts)
 * <store>/sets/<set id>/manifest.json        names the files that are in force
 * <store>/sets/<set id>/g-<n>/passages.jsonl the passages, in order (passagesFile.ts)
 * <store>/sets/<set id>/g-<n>/index.dwvx     Vectra's index: one item a passage that has a vector, `ordinal` in its metadata
 * ```
 *
 * A writer makes a new generation below its lock, moves it beside the one in force and then replaces the manifest by one rename. Whenever it
 * is killed, the manifest names files that are whole; what is left over, the next writer removes. A document is in force by its words first; the generation with
 * its vectors then goes on with the same passages. Readers take no lock: they read the manifest, then what it names, and begin again when
 * that went away between the two.
 */
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { EmbeddingIdentity } from "../../core/embedder";
import { FailureError } from "../../core/failure";
import { sha256 } from "./checksum";
import { codeOf, writePiecesAtomically } from "./atomicFile";

export const storeSchema = 2;
export const manifestName = "manifest.json";

/** `path` is below the set's folder, with slashes. */
const fileSchema = z.object({
  path: z.string().regex(/^g-\d+\/[\w.-]+$/),
  bytes: z.number().int().nonnegative(),
  sha256: z.string(),
});

const documentSchema = z.object({
  /** Below the set's origin, with slashes; the file's name when the origin is a file. */
  path: z.string(),
  title: z.string(),
  format: z.string(),
  sha256: z.string(),
  /** What the document itself says. */
  springBootVersion: z.string().optional(),
  passages: z.number().int().nonnegative(),
  /** Where it is on the web; absent for a document of this machine. */
  url: z.string().optional(),
});

const siteSchema = z.object({
  kind: z.literal("site"),
  path: z.string(),
  start: z.string(),
  prefix: z.string(),
  depth: z.number().int(),
  pages: z.number().int(),
  exclude: z.array(z.string()),
  left: z.number().int(),
  expectVersion: z.string().optional(),
});

const sourceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("embedded") }),
  z.object({ kind: z.literal("file") }),
  z.object({ kind: z.literal("folder") }),
  z.object({
    kind: z.literal("download"),
    path: z.string(),
    etag: z.string().optional(),
    lastModified: z.string().optional(),
  }),
  siteSchema,
  z.object({
    kind: z.literal("dependencies"),
    project: z.string(),
    vectors: z.boolean(),
    build: z.string().optional(),
  }),
]);

const commonFields = {
  set: z.object({
    id: z.string(),
    name: z.string(),
    origin: z.string(),
    springBootVersion: z.string().optional(),
    source: sourceSchema.optional(),
    asked: z.object({ name: z.string().optional(), springBootVersion: z.string().optional() }).optional(),
  }),
  created: z.string(),
  /** When the documents began to be read: what changes later is not in the set. */
  readAt: z.string().optional(),
  /** Absent in a set that is searched by words alone. */
  embedding: z
    .object({
      model: z.string(),
      dimensions: z.number().int().positive(),
      queryPrefix: z.string(),
      documentPrefix: z.string(),
    })
    .optional(),
  chunker: z.number().int(),
  documents: z.array(documentSchema),
  counts: z.object({
    passages: z.number().int().nonnegative(),
    embedded: z.number().int().nonnegative(),
  }),
};

const manifestSchema = z.object({
  schema: z.literal(storeSchema),
  ...commonFields,
  files: z.object({
    passages: fileSchema,
    /** There exactly when `embedding` is. */
    vectors: fileSchema.optional(),
  }),
  /** Why passages have no vector, in sentences for a person; absent while nothing went wrong. */
  unfinished: z.string().optional(),
});

/** One generation held both files. */
const schema1 = z
  .object({
    schema: z.literal(1),
    ...commonFields,
    generation: z.string().regex(/^g-\d+$/),
    files: z.array(z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() })),
  })
  .transform(({ generation, files, ...common }, context): SetManifest => {
    const fileOf = (name: string) => {
      const file = files.find((each) => each.name === name);
      return file && { path: `${generation}/${name}`, bytes: file.bytes, sha256: file.sha256 };
    };
    const passages = fileOf("passages.json");
    const vectors = fileOf("index.dwvx");
    if (!passages) {
      context.addIssue({ code: "custom", message: "a manifest without passages" });
      return z.NEVER;
    }
    return { ...common, schema: storeSchema, files: { passages, ...(vectors && { vectors }) } };
  });

export type SetManifest = z.infer<typeof manifestSchema> & {
  readonly embedding?: EmbeddingIdentity | undefined;
};
export type ManifestDocument = z.infer<typeof documentSchema>;
export type StoredFile = z.infer<typeof fileSchema>;

/** Where the sets of a store are. */
export const setsFolder = (store: string) => join(store, "sets");

/** Changes whenever the manifest is replaced; undefined when there is none. */
export async function manifestStamp(folder: string): Promise<string | undefined> {
  const status = await stat(join(folder, manifestName)).catch(() => undefined);
  return status && `${status.ino}:${status.mtimeMs}:${status.size}`;
}

/** The manifest in the present schema, also of a set that was written in the one before. Undefined when there is none. Throws `index-mismatch` for another schema and `index-damaged` for what cannot be read. */
export async function readManifest(folder: string): Promise<SetManifest | undefined> {
  const path = join(folder, manifestName);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw damaged(folder, error instanceof Error ? error.message : String(error));
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw damaged(folder, `${manifestName} is no JSON`);
  }
  const envelope = z.object({ sha256: z.string(), manifest: z.unknown() }).safeParse(content);
  if (!envelope.success) throw damaged(folder, `${manifestName} lacks its checksum`);
  const schema = z.object({ schema: z.number() }).safeParse(envelope.data.manifest);
  if (schema.success && schema.data.schema !== storeSchema && schema.data.schema !== 1) {
    throw new FailureError({
      kind: "index-mismatch",
      path: folder,
      what: "schema",
      found: String(schema.data.schema),
      expected: String(storeSchema),
    });
  }
  const manifest = z.union([manifestSchema, schema1]).safeParse(envelope.data.manifest);
  if (!manifest.success || checksumOf(envelope.data.manifest) !== envelope.data.sha256) {
    throw damaged(folder, `${manifestName} is not what was written`);
  }
  return manifest.data;
}

/**
 * Puts a generation in force. The generation's files have to be on disk before.
 * @param scratch Where the file is made; see storeLock.ts.
 */
export async function writeManifest(folder: string, manifest: SetManifest, scratch: string): Promise<void> {
  const content = { sha256: checksumOf(manifest), manifest };
  const text = Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`);
  await writePiecesAtomically(join(folder, manifestName), [text], scratch);
}

/** Over the text that JSON makes of it: keys keep their order when it is read again. */
function checksumOf(manifest: unknown): string {
  return sha256(JSON.stringify(manifest));
}

export function damaged(path: string, cause: string): FailureError {
  return new FailureError({ kind: "index-damaged", path, cause });
}
