import type { DocumentSet } from "../document/documentSet";
import { sourceOf } from "../document/documentSource";

/** Whether a set can be compared with another version's: the field guide is our own, and what jars say has no sections. */
export function isComparable(set: DocumentSet): boolean {
  const { kind } = sourceOf(set);
  return (
    kind !== "embedded" &&
    kind !== "dependencies" &&
    set.springBootVersion !== undefined &&
    set.unusable !== true
  );
}
