/** What a host's robots.txt allows us (RFC 9309). */
import robotsParser from "robots-parser";
import { downloadFailed, failedRequest, patience, robotName, userAgent, type Fetch } from "./request";

export interface Robots {
  allows(address: string): boolean;
  /** Milliseconds that the host wants between two requests; 0 when it says nothing. */
  readonly delay: number;
}

/** A host that wants a longer pause than this gets this one: a person waits. */
const longestDelay = 30_000;
/** More of a robots.txt need not be read (RFC 9309, 2.5). */
const maxBytes = 500 * 1024;

/**
 * A host without the file (4xx) allows everything; one that cannot say (5xx, no connection) forbids everything, which is thrown as
 * `download-failed` because there is nothing to do then.
 */
export async function readRobots(
  fetch: Fetch,
  site: string,
  milliseconds: number,
  signal: AbortSignal,
): Promise<Robots> {
  const url = new URL("/robots.txt", site).href;
  const waiting = patience(milliseconds, signal);
  try {
    const response = await fetch(url, {
      headers: { "user-agent": userAgent },
      redirect: "follow",
      signal: waiting.signal,
    });
    if (response.status >= 500 || response.status === 429) {
      await response.body?.cancel();
      throw downloadFailed(url, `the server answered ${response.status}, so it is not known what it allows`);
    }
    if (!response.ok) {
      await response.body?.cancel();
      return { allows: () => true, delay: 0 };
    }
    const rules = robotsParser(url, await startOf(response));
    return {
      allows: (address) => rules.isAllowed(address, robotName) !== false,
      delay: Math.min(longestDelay, (rules.getCrawlDelay(robotName) ?? 0) * 1000),
    };
  } catch (error) {
    return failedRequest(error, url, signal);
  } finally {
    waiting.end();
  }
}

async function startOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    parts.push(part as Uint8Array);
    bytes += (part as Uint8Array).length;
    if (bytes >= maxBytes) break;
  }
  return Buffer.concat(parts).subarray(0, maxBytes).toString("utf8");
}
