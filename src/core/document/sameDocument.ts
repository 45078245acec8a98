/** Tells whether two document sets are one document in two formats: most headings of the shorter are in the other. */
import type { Chunk } from "./chunk";
import { sharedCount } from "../sharedCount";

/** Fewer headings name no document: an overview and its details are everywhere. */
const fewestHeadings = 3;

/** Each heading with the one above it; a format that adds a title or a part above all others changes few of these. */
export function headingsOf(chunks: readonly Pick<Chunk, "headingPath">[]): ReadonlySet<string> {
  return new Set(chunks.map(({ headingPath }) => headingPath.slice(-2).map(plainHeading).join("\n")));
}

export function areSameDocument(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  const least = Math.min(left.size, right.size);
  return least >= fewestHeadings && sharedCount(left, right) * 2 > least;
}

/** Its words, without case and marks. */
export const plainHeading = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
