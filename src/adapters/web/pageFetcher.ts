/** Asks for one page of a site at a time, politely, and says what became of it. */
import { createHash } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { SiteBounds } from "../../core/document/documentSource";
import { FailureError, type Failure } from "../../core/failure";
import { pageAddress, pageFile } from "../../core/site/siteAddress";
import { codeOf, writeFailure } from "../store/atomicFile";
import { documentExtension } from "./documentKind";
import { conditions, validatorsOf } from "./keptCopy";
import { hashOfFile, receive, TooLarge } from "./receive";
import { failedRequest, patience as waitingFor, userAgent, type Fetch, type Patience } from "./request";
import type { Robots } from "./robots";
import { pageFolder, type Outcome, type PageOutcome, type SiteRecords } from "./siteRecords";

export interface PageFetcherProps {
  readonly fetch: Fetch;
  readonly records: SiteRecords;
  readonly robots: Robots;
  /** Milliseconds between two signs of life. */
  readonly patience: number;
  /** Milliseconds between the end of a request and the next one. */
  readonly pause: number;
}

/** What became of a page. `unreached`: there was no answer at all; `note`: an earlier copy stands in for it, and why. */
export type Asked = Outcome & { readonly unreached?: true; readonly note?: string };

type Refused = Extract<Outcome, { kind: "passed-over" }> & { readonly unreached?: true };

export interface PageFetcher {
  /** Throws `disk-full` and `not-writable`; what the server does is an outcome. A page that this run has asked for is not asked for again. */
  page(address: string, bounds: SiteBounds, signal: AbortSignal): Promise<Asked>;
  pathOf(outcome: PageOutcome): string;
}

/** Larger pages are made by programs for programs. */
const maxBytes = 16e6;
const tries = 3;
/** Milliseconds; a server that wants to be left alone for longer is left alone. */
const longestRetryAfter = 60_000;

export function createPageFetcher(props: PageFetcherProps): PageFetcher {
  const { fetch, records, robots } = props;
  let quietUntil = 0;

  const pathOf = ({ file }: PageOutcome) => join(records.pagesFolder, ...file.split("/"));

  /** The page, when its file is as it came. */
  const intact = async (
    outcome: PageOutcome | undefined,
    signal: AbortSignal,
  ): Promise<PageOutcome | undefined> => {
    if (!outcome) return undefined;
    const { hash } = await hashOfFile(pathOf(outcome), signal);
    return hash.digest("hex") === outcome.sha256 ? outcome : undefined;
  };

  const keep = async (
    address: string,
    { prefix }: SiteBounds,
    response: Response,
    waiting: Patience,
  ): Promise<Outcome> => {
    const type = response.headers.get("content-type");
    const extension = documentExtension(type, address);
    if (extension === undefined || extension === ".pdf" || !response.body) {
      await response.body?.cancel();
      return passedOver(`it is no page (${type ?? "no content type"})`);
    }
    const part = join(records.pagesFolder, ".page.part");
    const hash = createHash("sha256");
    try {
      const { body } = response;
      await receive({
        body,
        path: part,
        from: 0,
        hash,
        maxBytes,
        onBytes: () => undefined,
        patience: waiting,
      });
    } catch (error) {
      await rm(part, { force: true });
      if (error instanceof TooLarge) return passedOver(error.message);
      throw error;
    }
    const sha256 = hash.digest("hex");
    const unlike = createHash("sha256").update(address).digest("hex").slice(0, 8);
    const file = await place(part, pageFile(address, prefix, extension, unlike), `${unlike}${extension}`);
    return { kind: "page", file, sha256, ...validatorsOf(response.headers) };
  };

  /** Moves a page to its name; where a folder of that name is in the way, to the other one. */
  const place = async (part: string, file: string, otherwise: string): Promise<string> => {
    for (const name of [file, otherwise]) {
      const path = join(records.pagesFolder, ...name.split("/"));
      try {
        await pageFolder(path);
        await rename(part, path);
        return name;
      } catch (error) {
        const inTheWay =
          error instanceof FailureError || ["EISDIR", "ENOTDIR", "EPERM"].includes(codeOf(error) ?? "");
        if (!inTheWay || name === otherwise) throw writeFailure(error, path);
      }
    }
    return otherwise;
  };

  /** One request; `wait` asks for another one after so many milliseconds. */
  const ask = async (
    address: string,
    bounds: SiteBounds,
    earlier: PageOutcome | undefined,
    signal: AbortSignal,
  ): Promise<Outcome | { readonly kind: "wait"; readonly milliseconds: number; readonly why: string }> => {
    await pause(Math.max(0, quietUntil - performance.now()), undefined, { signal });
    const waiting = waitingFor(props.patience, signal);
    try {
      const headers = { "user-agent": userAgent, ...conditions(earlier) };
      const response = await fetch(address, { headers, redirect: "manual", signal: waiting.signal });
      waiting.heard();
      if (response.status === 304 && earlier) return earlier;
      if (response.status >= 300 && response.status < 400) {
        await response.body?.cancel();
        const to = pageAddress(response.headers.get("location") ?? "", address);
        return to === undefined || to === address ? passedOver("it leads nowhere") : { kind: "moved", to };
      }
      if (response.ok) return await keep(address, bounds, response, waiting);
      await response.body?.cancel();
      const why = `the server answered ${`${response.status} ${response.statusText}`.trim()}`;
      if (response.status !== 429 && response.status < 500) return passedOver(why);
      return { kind: "wait", milliseconds: retryAfter(response.headers.get("retry-after")), why };
    } catch (error) {
      return failedRequest(error, address, signal);
    } finally {
      waiting.end();
      quietUntil = performance.now() + props.pause;
    }
  };

  return {
    pathOf,
    async page(address, bounds, signal) {
      signal.throwIfAborted();
      const found = records.found(address);
      if (found && (found.kind !== "page" || (await intact(found, signal)))) return found;
      if (!robots.allows(address)) return passedOver("the robots.txt of its host does not allow it");
      const earlier = await intact(records.earlier(address), signal);
      let failed: Refused = passedOver("it was not asked for");
      for (let attempt = 1; attempt <= tries; attempt++) {
        try {
          const outcome = await ask(address, bounds, earlier, signal);
          if (outcome.kind !== "wait") {
            await records.add(address, outcome);
            return outcome;
          }
          failed = passedOver(outcome.why);
          if (outcome.milliseconds > longestRetryAfter || attempt === tries) break;
          await pause(outcome.milliseconds, undefined, { signal });
        } catch (error) {
          const why = unreachable(error);
          if (why === undefined) throw error;
          failed = { ...passedOver(why), unreached: true };
          if (attempt < tries) await pause(250 * 2 ** attempt, undefined, { signal });
        }
      }
      // Not recorded: when the crawl goes on, it is asked for again.
      if (!earlier) return failed;
      const note = `it could not be asked for again (${failed.why}); its earlier copy is kept`;
      return { ...earlier, note, ...(failed.unreached && { unreached: true }) };
    },
  };
}

function passedOver(why: string): Extract<Outcome, { kind: "passed-over" }> {
  return { kind: "passed-over", why };
}

/** Why there was no answer; undefined for what another request does not mend. */
function unreachable(error: unknown): string | undefined {
  const failure: Failure | undefined = error instanceof FailureError ? error.failure : undefined;
  return failure?.kind === "download-failed" ? failure.cause : undefined;
}

/** Seconds or a date (RFC 9110, 10.2.3), in milliseconds; half a second when the server does not say it. */
function retryAfter(header: string | null): number {
  if (header === null) return 500;
  const seconds = Number(header);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : 500;
}
