/**
 * Brings the pages of a site onto this machine: breadth first from one page, below one address, within limits of depth and number, one request
 * at a time with a pause between, as far as robots.txt allows. After every page what is known is on disk, so that a crawl goes on where it
 * was paused, cancelled or killed; a later crawl asks each page only whether it has changed.
 */
import type { SiteBounds, SiteSource } from "../../core/document/documentSource";
import type { PageLinks } from "../../core/site/pageLinks";
import { belonging, likePrefix, movedBounds } from "../../core/site/siteAddress";
import { withFolderLock } from "./folderLock";
import { createPageFetcher, type PageFetcher } from "./pageFetcher";
import { downloadFailed, defaultPatience, type Fetch } from "./request";
import { readRobots } from "./robots";
import { openSiteRecords, type PageOutcome } from "./siteRecords";

export interface CrawlProps {
  readonly fetch: Fetch;
  /** Folder of this site. */
  readonly folder: string;
  /** Reads a page's file; heavy, so the caller says where. */
  readonly readLinks: (path: string, address: string, signal: AbortSignal) => Promise<PageLinks>;
  readonly onProgress: (progress: CrawlProgress) => void;
  /** The version that the start page must state, when it states one: "4.1" also stands for its releases. */
  readonly expectVersion?: string;
  /** Milliseconds between two requests; a quarter of a second when absent. robots.txt can make it longer. */
  readonly pause?: number;
  /** Milliseconds between two signs of life; a minute when absent. */
  readonly patience?: number;
}

export interface CrawlProgress {
  readonly pages: number;
  /** Pages that are known to be there by now, within the limit. */
  readonly pagesTotal: number;
  readonly address: string;
}

export interface CrawledSite {
  readonly source: SiteSource;
  /** Title of the start page. */
  readonly title?: string;
  /** Address of each page by its file below the source's path. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly passedOver: readonly { readonly path: string; readonly why: string }[];
}

const defaultPause = 250;

/** Throws `download-failed` when the start page cannot be had or the host goes away in the middle; what had come is gone on with later. */
export async function crawl(asked: SiteBounds, props: CrawlProps, signal: AbortSignal): Promise<CrawledSite> {
  return withFolderLock(props.folder, () => crawlInto(asked, props, signal), signal);
}

async function crawlInto(asked: SiteBounds, props: CrawlProps, signal: AbortSignal): Promise<CrawledSite> {
  const { fetch, folder, patience = defaultPatience, pause = defaultPause } = props;
  const records = await openSiteRecords(folder, asked);
  const robots = await readRobots(fetch, asked.start, patience, signal);
  if (!robots.allows(asked.start))
    throw downloadFailed(asked.start, "the robots.txt of its host does not allow it");
  const fetcher = createPageFetcher({
    fetch,
    records,
    robots,
    patience,
    pause: Math.max(pause, robots.delay),
  });
  const bounds = await startOf(asked, fetcher, props, signal);
  const walk = createWalk(bounds, fetcher, props);
  await walk.run(signal);
  const pages = walk.pages();
  await records.end(new Set(pages.map(({ file }) => file)));
  const { left, notes, title } = walk.outcome();
  return {
    source: { kind: "site", path: records.pagesFolder, ...asked, left },
    ...(title !== undefined && { title }),
    addresses: Object.fromEntries(pages.map(({ file, address }) => [file, address])),
    passedOver: notes,
  };
}

/** Follows the start page where it has moved, and makes sure that it is what was asked for. */
async function startOf(
  asked: SiteBounds,
  fetcher: PageFetcher,
  { readLinks, expectVersion }: CrawlProps,
  signal: AbortSignal,
): Promise<SiteBounds> {
  let bounds = asked;
  for (let hops = 0; hops < 6; hops++) {
    const outcome = await fetcher.page(bounds.start, bounds, signal);
    if (outcome.kind === "passed-over") throw downloadFailed(bounds.start, outcome.why);
    let to = outcome.kind === "moved" ? outcome.to : undefined;
    if (outcome.kind === "page") {
      const { forward, version } = await readLinks(fetcher.pathOf(outcome), bounds.start, signal);
      to = forward;
      if (to === undefined) {
        if (version !== undefined && expectVersion !== undefined && !isVersion(version, expectVersion)) {
          throw downloadFailed(
            bounds.start,
            `the pages there are of version ${version}, not of ${expectVersion}`,
          );
        }
        return bounds;
      }
    }
    const moved = to === undefined ? undefined : movedBounds(bounds, to);
    if (!moved || to === undefined) {
      throw downloadFailed(bounds.start, `it leads away from ${bounds.prefix}, to ${to ?? "nowhere"}`);
    }
    bounds = { ...moved, start: to };
  }
  throw downloadFailed(asked.start, "its redirects do not end");
}

const isVersion = (stated: string, expected: string) =>
  stated === expected || stated.startsWith(`${expected}.`);

interface KeptPage {
  readonly file: string;
  readonly address: string;
}

function createWalk(bounds: SiteBounds, fetcher: PageFetcher, props: CrawlProps) {
  const { readLinks, onProgress } = props;
  const queue: { readonly address: string; readonly depth: number }[] = [{ address: bounds.start, depth: 0 }];
  /** Every address that was queued or is the proper one of a page. */
  const known = new Set<string>([bounds.start]);
  const pages = new Map<string, KeptPage>();
  const contents = new Set<string>();
  const notes: { path: string; why: string }[] = [];
  let [left, asked, unreached] = [0, 0, 0];
  let title: string | undefined;

  const enqueue = (links: readonly string[], depth: number) => {
    for (const link of links) {
      const address = likePrefix(link, bounds.prefix);
      if (known.has(address) || belonging(address, bounds) !== "yes" || isNoPage(address)) continue;
      known.add(address);
      if (depth > bounds.depth) left++;
      else queue.push({ address, depth });
    }
  };

  const keep = async (at: string, outcome: PageOutcome, depth: number, signal: AbortSignal) => {
    const found = await readLinks(fetcher.pathOf(outcome), at, signal);
    if (found.forward !== undefined) {
      follow(at, found.forward, depth);
      return;
    }
    if (contents.has(outcome.sha256)) return;
    const address = properAddress(at, found.canonical);
    if (pages.has(address)) return;
    contents.add(outcome.sha256);
    known.add(address);
    title ??= found.title;
    pages.set(address, { file: outcome.file, address });
    enqueue(found.links, depth + 1);
  };

  const follow = (from: string, to: string, depth: number) => {
    if (belonging(likePrefix(to, bounds.prefix), bounds) === "yes") enqueue([to], depth);
    else notes.push({ path: from, why: `it leads out of ${bounds.prefix}, to ${to}` });
  };

  /** The page's own word, unless all pages say the same: the start page. */
  const properAddress = (at: string, canonical: string | undefined) => {
    if (canonical === undefined) return at;
    const address = likePrefix(canonical, bounds.prefix);
    const isHome = address === bounds.start || address === bounds.prefix;
    const path = (each: string) => new URL(each).pathname.replace(/(index\.html?)?$/, "");
    if (belonging(address, bounds) !== "yes" || (isHome && path(address) !== path(at))) return at;
    return address;
  };

  return {
    async run(signal: AbortSignal) {
      for (let next = queue.shift(); next; next = queue.shift()) {
        if (pages.size >= bounds.pages || ++asked > mostRequests(bounds)) {
          left += queue.length + 1;
          return;
        }
        const { address, depth } = next;
        onProgress({
          pages: pages.size,
          pagesTotal: Math.min(bounds.pages, pages.size + queue.length + 1),
          address,
        });
        const outcome = await fetcher.page(address, bounds, signal);
        if (outcome.kind === "passed-over") notes.push({ path: address, why: outcome.why });
        else if (outcome.kind === "page") await keep(address, outcome, depth, signal);
        else follow(address, outcome.to, depth);
        if (outcome.note !== undefined) notes.push({ path: address, why: outcome.note });
        unreached = outcome.unreached === true ? unreached + 1 : 0;
        if (unreached >= mostUnreached) {
          throw downloadFailed(
            address,
            outcome.kind === "passed-over" ? outcome.why : (outcome.note ?? "no answer"),
          );
        }
      }
    },
    pages: () => [...pages.values()],
    outcome() {
      if (left > 0) {
        const reached = pages.size >= bounds.pages ? `${bounds.pages} pages` : `depth ${bounds.depth}`;
        notes.push({
          path: bounds.prefix,
          why: `${left === 1 ? "1 more page is" : `${left} more pages are`} linked beyond the limit of ${reached}`,
        });
      }
      return { left, notes, ...(title !== undefined && { title }) };
    },
  };
}

/** So many pages one after the other that could not be had: the host is gone. */
const mostUnreached = 3;

/** Redirects count as well, and they need not end. */
const mostRequests = ({ pages }: SiteBounds) => pages * 4 + 50;

/** Links to what is no page by its name are not asked for. */
function isNoPage(address: string): boolean {
  return /\.(pdf|zip|gz|tgz|jar|war|png|jpe?g|gif|svg|ico|webp|css|m?js|map|json|xml|ya?ml|txt\.gz|woff2?|ttf|mp4|webm|mp3|exe|dmg)$/i.test(
    new URL(address).pathname,
  );
}
