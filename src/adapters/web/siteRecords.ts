/**
 * What a crawl has done, on disk after every page, so that a crawl that was paused or killed goes on and a later one asks only for what has
 * changed:
 *
 * ```
 * <folder>/site.json     bounds and number of the run, and whether it ended
 * <folder>/pages.jsonl   one record a request, appended; half a line that a kill left is no record
 * <folder>/pages/…       the pages
 * ```
 */
import { appendFile, mkdir, readFile, readdir, rm } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
// The extension host loads this file: the small part of the library is enough.
import * as z from "zod/mini";
import type { SiteBounds } from "../../core/document/documentSource";
import { writeFailure, writeFileAtomically } from "../store/atomicFile";

const recordSchema = z.object({
  run: z.int(),
  /** As it was asked for. */
  address: z.string(),
  outcome: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("page"),
      /** Below the folder of pages, with slashes. */
      file: z.string(),
      sha256: z.string(),
      etag: z.optional(z.string()),
      lastModified: z.optional(z.string()),
    }),
    z.object({ kind: z.literal("moved"), to: z.string() }),
    z.object({ kind: z.literal("passed-over"), why: z.string() }),
  ]),
});

const siteSchema = z.object({ key: z.string(), run: z.int(), ended: z.boolean() });

export type SiteRecord = z.infer<typeof recordSchema>;
export type Outcome = SiteRecord["outcome"];
export type PageOutcome = Extract<Outcome, { kind: "page" }>;

export interface SiteRecords {
  readonly pagesFolder: string;
  /** True when an earlier run with the same bounds was broken off. */
  readonly goesOn: boolean;
  /** What this run found before it was broken off. */
  found(address: string): Outcome | undefined;
  /** What an earlier run kept. */
  earlier(address: string): PageOutcome | undefined;
  add(address: string, outcome: Outcome): Promise<void>;
  /** Files of pages that are no more are removed; the next run begins anew. */
  end(files: ReadonlySet<string>): Promise<void>;
}

export async function openSiteRecords(folder: string, bounds: SiteBounds): Promise<SiteRecords> {
  const pagesFolder = join(folder, "pages");
  const list = join(folder, "pages.jsonl");
  await mkdir(pagesFolder, { recursive: true }).catch((error: unknown) => {
    throw writeFailure(error, folder);
  });
  const key = JSON.stringify([bounds.start, bounds.prefix, bounds.depth, bounds.pages, bounds.exclude]);
  const last = await readSite(join(folder, "site.json"));
  const records = await readRecords(list);
  const goesOn = last !== undefined && !last.ended && last.key === key;
  const run = last === undefined ? 1 : goesOn ? last.run : last.run + 1;
  const save = (ended: boolean) =>
    writeFileAtomically(join(folder, "site.json"), `${JSON.stringify({ key, run, ended })}\n`);
  if (!goesOn) await save(false);

  const own = new Map(records.filter((each) => each.run === run).map((each) => [each.address, each.outcome]));
  const kept = new Map<string, PageOutcome>();
  for (const { address, outcome } of records) if (outcome.kind === "page") kept.set(address, outcome);

  return {
    pagesFolder,
    goesOn,
    found: (address) => own.get(address),
    earlier: (address) => kept.get(address),
    async add(address, outcome) {
      own.set(address, outcome);
      await appendFile(list, `\n${JSON.stringify({ run, address, outcome } satisfies SiteRecord)}`).catch(
        (error: unknown) => {
          throw writeFailure(error, list);
        },
      );
    },
    async end(files) {
      const lines = [...own].map(([address, outcome]) => JSON.stringify({ run, address, outcome }));
      await writeFileAtomically(list, `${lines.join("\n")}\n`);
      await save(true);
      await removeOthers(pagesFolder, files);
    },
  };
}

/** Every line is complete or no record: a new one begins with a line break for that reason. */
async function readRecords(path: string): Promise<readonly SiteRecord[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    try {
      const parsed = recordSchema.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}

async function readSite(path: string): Promise<z.infer<typeof siteSchema> | undefined> {
  const text = await readFile(path, "utf8").catch(() => "");
  try {
    return siteSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function removeOthers(folder: string, files: ReadonlySet<string>): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const below = relative(folder, path).split(sep).join("/");
    if (!files.has(below)) await rm(path, { force: true });
  }
}

/** The folder of a page's file is made before it is written. */
export async function pageFolder(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw writeFailure(error, path);
  });
}
