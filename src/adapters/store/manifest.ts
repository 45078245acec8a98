/**
 * What a store looks like on disk:
 *
 * ```
 * <store>/write.lock          a folder while somebody writes; write.lock.json says who (storeLock.ts)
 * <store>/vectors-<id>.cache  vectors of a run that did not end (vectorCache.ts)
 * <store>/sets/<set id>/manifest.json    names the generation that is in force
 * <store>/sets/<set id>/g-<n>/index.dwvx     Vectra's index: one item a passage, `ordinal` in its metadata
 * <store>/sets/<set id>/g-<n>/passages.json  the passages, by ordinal
 * ```
 *
 * A writer makes a new generation beside the one in force and then replaces the manifest by one rename. Whenever it is killed, the manifest
 * names a generation that is whole; what is left over, the next writer removes. Readers take no lock: they read the manifest, then the
 * generation, and begin again when it went away between the two.
 */
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { EmbeddingIdentity } from "../../core/embedder";
import { FailureError } from "../../core/failure";
import { sha256 } from "./checksum";
import { codeOf, writeFileAtomically } from "./atomicFile";

export const storeSchema = 1;
export const manifestName = "manifest.json";
export const passagesName = "passages.json";

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
]);

const manifestSchema = z.object({
  schema: z.literal(storeSchema),
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
  generation: z.string().regex(/^g-\d+$/),
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
  files: z.array(z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() })),
});

export type SetManifest = z.infer<typeof manifestSchema> & {
  readonly embedding?: EmbeddingIdentity | undefined;
};
export type ManifestDocument = z.infer<typeof documentSchema>;

/** Where the sets of a store are. */
export const setsFolder = (store: string) => join(store, "sets");

/** Changes whenever the manifest is replaced; undefined when there is none. */
export async function manifestStamp(folder: string): Promise<string | undefined> {
  const status = await stat(join(folder, manifestName)).catch(() => undefined);
  return status && `${status.ino}:${status.mtimeMs}:${status.size}`;
}

/** Undefined when there is no manifest. Throws `index-mismatch` for another schema and `index-damaged` for what cannot be read. */
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
  if (schema.success && schema.data.schema !== storeSchema) {
    throw new FailureError({
      kind: "index-mismatch",
      path: folder,
      what: "schema",
      found: String(schema.data.schema),
      expected: String(storeSchema),
    });
  }
  const manifest = manifestSchema.safeParse(envelope.data.manifest);
  if (!manifest.success || checksumOf(envelope.data.manifest) !== envelope.data.sha256) {
    throw damaged(folder, `${manifestName} is not what was written`);
  }
  return manifest.data;
}

/** Puts a generation in force. The generation's files have to be on disk before. */
export async function writeManifest(folder: string, manifest: SetManifest): Promise<void> {
  const content = { sha256: checksumOf(manifest), manifest };
  await writeFileAtomically(join(folder, manifestName), `${JSON.stringify(content, undefined, 2)}\n`);
}

/** Over the text that JSON makes of it: keys keep their order when it is read again. */
function checksumOf(manifest: unknown): string {
  return sha256(JSON.stringify(manifest));
}

export function damaged(path: string, cause: string): FailureError {
  return new FailureError({ kind: "index-damaged", path, cause });
}
