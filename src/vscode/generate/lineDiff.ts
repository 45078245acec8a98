import { diffArrays } from "diff";
import type { CompareLines } from "../../core/generate/preview";

/** Line by line, for a proposal that is complete. */
export const compareByLine: CompareLines = (before, after) =>
  diffArrays([...before], [...after]).map(({ added, removed, value }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    lines: value,
  }));
