/** What the documents say to each finding: the passage that a person reads next. */
import type { SearchReply, SearchRequest } from "../engine";
import type { Passage } from "../search/passage";
import type { Finding } from "./finding";

export interface FindingPassagesProps {
  readonly search: (request: SearchRequest, signal: AbortSignal) => Promise<SearchReply>;
  readonly springBootVersion?: string;
  readonly store?: string;
}

const looked = 8;

/** By the finding's message; findings that the documents do not answer are left out. */
export async function findingPassages(
  findings: readonly Finding[],
  { search, springBootVersion, store }: FindingPassagesProps,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Passage>> {
  const found = new Map<string, Passage>();
  const byMessage = new Map(findings.map((finding) => [finding.message, finding]));
  for (const { message, anchor } of byMessage.values()) {
    const { answered, results } = await search(
      {
        question: message.replaceAll("`", ""),
        count: looked,
        ...(springBootVersion !== undefined && { springBootVersion }),
        ...(store !== undefined && { store }),
      },
      signal,
    );
    const named =
      anchor === undefined ? undefined : results.find((passage) => passage.anchor?.startsWith(anchor));
    const best = named ?? (answered ? results[0] : undefined);
    if (best) found.set(message, best);
  }
  return found;
}

/** A line of Markdown that names the passage, with its official page where that is known. */
export function passageLine({ headingPath, document, version, page, officialUrl }: Passage): string {
  const heading = headingPath.slice(-2).join(" › ") || document;
  const link = officialUrl === undefined ? heading : `[${heading}](${officialUrl})`;
  return [link, document, version, page === undefined ? undefined : `p. ${page}`]
    .filter((part) => part !== undefined && part !== heading)
    .join(" · ");
}
