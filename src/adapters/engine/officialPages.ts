/** Addresses of the official pages, from the manifest of sources that comes with the package. */
import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { z } from "zod";
import type { SetChunk } from "../../core/search/searchableSet";

const schema = z.object({
  sources: z.array(
    z.object({
      line: z.string(),
      latest: z.string(),
      layout: z.string(),
      documents: z.array(z.object({ format: z.string(), url: z.string(), prefix: z.string().optional() })),
    }),
  ),
});

type Source = z.infer<typeof schema>["sources"][number];
export type OfficialPages = (
  springBootVersion: string | undefined,
  place: Pick<SetChunk, "anchor" | "documentPath" | "documentUrl">,
) => string | undefined;

/** Without the manifest no address is known. */
export async function readOfficialPages(packageRoot: string): Promise<OfficialPages> {
  const content: unknown = await readFile(join(packageRoot, "docs-index", "sources.json"), "utf8")
    .then((text): unknown => JSON.parse(text))
    .catch(() => undefined);
  const parsed = schema.safeParse(content);
  return parsed.success ? officialPages(parsed.data.sources) : () => undefined;
}

function officialPages(sources: readonly Source[]): OfficialPages {
  return (version, { anchor, documentPath, documentUrl }) => {
    const whole = sources.flatMap(({ documents }) => documents).filter(({ prefix }) => prefix === undefined);
    // A page that was fetched is at its own address; the single documents of the publisher have smaller pages beside them.
    if (documentUrl !== undefined && !whole.some(({ url }) => isMadeOf(documentUrl, url))) {
      return withAnchor(documentUrl, anchor);
    }
    const source = sources.find(({ line }) => version === line || version?.startsWith(`${line}.`));
    const pages = source?.documents.find(({ prefix }) => prefix !== undefined);
    if (!source || pages?.prefix === undefined) return undefined;
    const page =
      (documentUrl === undefined ? ownPage(documentPath) : undefined) ??
      (source.layout === "single-page" ? pageOfAnchor(anchor) : undefined);
    if (page === undefined) return undefined;
    const exact = version === source.line ? source.latest : (version ?? source.latest);
    const base = pages.prefix.replaceAll("{version}", exact).replaceAll("{line}", source.line);
    return withAnchor(base + page, anchor);
  };
}

const withAnchor = (address: string, anchor: string | undefined) =>
  anchor === undefined ? address : `${address}#${anchor}`;

/** Whether an address is a pattern's for some version. */
function isMadeOf(address: string, pattern: string): boolean {
  const [before = "", after = ""] = pattern.split(/\{(?:version|line)\}/);
  return address.startsWith(before) && address.endsWith(after);
}

/** A page of a document of many pages keeps its name; the single page and the PDF are no such page. */
function ownPage(documentPath: string | undefined): string | undefined {
  if (documentPath?.endsWith(".html") !== true) return undefined;
  const name = posix.basename(documentPath);
  return name === "index.html" || name.startsWith("spring-boot-reference") ? undefined : name;
}

/** In the guides up to 3.2 the first part of an anchor is the name of its page; the appendices leave a part out. */
function pageOfAnchor(anchor: string | undefined): string | undefined {
  const [first] = (anchor ?? "").replace(/^appendix\./, "").split(".");
  return first === undefined || first === "" ? undefined : `${first}.html`;
}
