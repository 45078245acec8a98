import type { DocumentSet } from "../../core/document/documentSet";
import type { DoctorCheck, SearchReply, SearchRequest } from "../../core/engine";

/** What the check looks at of a set. */
export interface OpenedSet {
  readonly chunks: readonly { readonly headingPath: readonly string[] }[];
}

export interface IndexCheckProps {
  readonly sets: {
    list(store: string | undefined, signal: AbortSignal): Promise<readonly DocumentSet[]>;
    open(store: string | undefined, setId: string, signal: AbortSignal): Promise<OpenedSet>;
  };
  readonly searching: { search(request: SearchRequest, signal: AbortSignal): Promise<SearchReply> };
  readonly store: string | undefined;
}

/** Every set is whole, and a passage of each is found by its own heading. */
export async function checkIndex(
  { sets, searching, store }: IndexCheckProps,
  signal: AbortSignal,
): Promise<Omit<DoctorCheck, "name">> {
  const all = await sets.list(store, signal);
  if (all.length === 0) {
    return {
      state: "fail",
      detail: "No documents are indexed.",
      remedy: "Index a reference document (`docwright index <path>`).",
    };
  }
  const unwell = all.filter(({ state }) => state !== "ready");
  const names = all.map(({ name, springBootVersion: version, passages }) => {
    return `${name}${version ? ` (${version})` : ""} with ${passages} passages`;
  });
  if (unwell.length > 0) {
    const reasons = unwell.map(
      ({ name, state, reason }) => `${name} is ${state}${reason ? `: ${reason}` : ""}`,
    );
    const isUnusable = unwell.some(({ state, unusable }) => unusable ?? state === "damaged");
    return {
      state: isUnusable ? "fail" : "warn",
      detail: `${reasons.join("; ")}.`,
      remedy: "Index these documents again.",
    };
  }
  for (const set of all) {
    const missed = await missedItem(set, { sets, searching, store }, signal);
    if (missed !== undefined) {
      const detail = `In ${set.name} the section "${missed}" is not found by its own heading.`;
      return { state: "fail", detail, remedy: "Index these documents again." };
    }
  }
  return { state: "pass", detail: `${names.join(", ")}; a known section of each is found.` };
}

/** The heading of a section in the middle of the set, when a search for it does not lead there. */
async function missedItem(
  { id, springBootVersion }: DocumentSet,
  { sets, searching, store }: IndexCheckProps,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { chunks } = await sets.open(store, id, signal);
  const known = chunks[Math.floor(chunks.length / 2)];
  const heading = known?.headingPath.at(-1);
  if (!known || heading === undefined) return undefined;
  const { results } = await searching.search(
    {
      question: known.headingPath.join(" "),
      count: 10,
      ...(springBootVersion !== undefined && { springBootVersion }),
      ...(store !== undefined && { store }),
    },
    signal,
  );
  // Another set may tell of the same thing under the same heading, and stand for this one.
  return results.some(({ headingPath }) => headingPath.at(-1) === heading) ? undefined : heading;
}
