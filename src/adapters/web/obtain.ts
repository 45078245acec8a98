/** Brings what a person wants to have indexed onto this machine, whatever it is, and says where it lies. */
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { originOf } from "../../core/document/documentWish";
import type { Obtain } from "../../core/obtain";
import { crawl, type CrawlProps } from "./crawl";
import { download, type DownloadProgress } from "./download";
import { guardedFetch, type Resolve } from "./guardedFetch";
import { downloadFailed } from "./request";

export interface ObtainProps extends Pick<CrawlProps, "fetch" | "readLinks"> {
  /** Asked at each time: it lies in the store, which a setting names. */
  readonly folder: () => string;
  /** Milliseconds between two requests to a site; see {@link CrawlProps.pause}. */
  readonly pause?: number;
  /** Looks up the names of hosts; the system's own when absent. */
  readonly resolve?: Resolve;
}

export function createObtain({ fetch, readLinks, folder, pause, resolve }: ObtainProps): Obtain {
  return async (wish, onProgress, signal) => {
    const origin = originOf(wish);
    switch (wish.kind) {
      case "path":
        return { source: { path: wish.path, origin }, passedOver: [] };
      case "dependencies": {
        const { project, vectors, fetch: fetches = false } = wish;
        const kept = { kind: wish.kind, project, vectors };
        const title = `Dependencies of ${basename(project)}`;
        return {
          source: { path: project, origin, source: kept, title, ...(fetches && { fetch: true }) },
          passedOver: [],
        };
      }
      case "download": {
        const { url } = wish;
        const report = (progress: DownloadProgress) => onProgress({ kind: "download", url, ...progress });
        const { path, etag, lastModified } = await download(
          url,
          { fetch: guardedFetch(fetch, url, resolve), folder: folder(), onProgress: report },
          signal,
        );
        const said = {
          ...(etag !== undefined && { etag }),
          ...(lastModified !== undefined && { lastModified }),
        };
        return { source: { path, origin, source: { kind: "download", path, ...said } }, passedOver: [] };
      }
      case "site": {
        const { bounds, expectVersion } = wish;
        const name = createHash("sha256").update(origin).digest("hex").slice(0, 24);
        const { source, title, addresses, passedOver } = await crawl(
          bounds,
          {
            ...{ fetch: guardedFetch(fetch, bounds.start, resolve), readLinks },
            folder: join(folder(), `site-${name}`),
            onProgress: (progress) => onProgress({ kind: "site", ...progress }),
            ...(expectVersion !== undefined && { expectVersion }),
            ...(pause !== undefined && { pause }),
          },
          signal,
        );
        if (Object.keys(addresses).length === 0) throw downloadFailed(bounds.start, "there is no page");
        const kept = { ...source, ...(expectVersion !== undefined && { expectVersion }) };
        return {
          source: {
            path: source.path,
            origin,
            source: kept,
            addresses,
            ...(title !== undefined && { title }),
          },
          passedOver,
        };
      }
    }
  };
}
