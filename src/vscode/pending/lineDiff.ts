import { diffArrays } from "diff";
import { compareWhole, type CompareLines } from "../../core/generate/preview";

/** Milliseconds that a comparison may take; what is that different is shown as all old lines and all new ones. */
const patience = 200;

/** Line by line, for a proposal that is complete. */
export const compareByLine: CompareLines = (before, after) =>
  diffArrays([...before], [...after], { timeout: patience })?.map(({ added, removed, value }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    lines: value,
  })) ?? compareWhole(before, after);
