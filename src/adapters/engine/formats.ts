/** Finds the sets that are one document in several formats, so that a person sees them as one. */
import type { DocumentSet } from "../../core/document/documentSet";
import { sourceOf } from "../../core/document/documentSource";
import { areSameDocument, headingsOf } from "../../core/document/sameDocument";
import type { LoadedSet } from "../store/openSet";

/** Headings of sets that were looked at: lists are asked for again and again. */
const headings = new WeakMap<LoadedSet, ReadonlySet<string>>();

/** @param loaded By the id of their set; sets that are not there stand alone. */
export function withSameDocuments(
  sets: readonly DocumentSet[],
  loaded: ReadonlyMap<string, LoadedSet>,
): readonly DocumentSet[] {
  const leaders: DocumentSet[] = [];
  const followers = new Map<string, string>();
  const headingsBy = (set: DocumentSet): ReadonlySet<string> => {
    const own = loaded.get(set.id);
    if (!own) return new Set();
    const known = headings.get(own) ?? headingsOf(own.chunks);
    headings.set(own, known);
    return known;
  };
  for (const set of [...sets].filter(isOneOfMany(sets)).sort(byFormat)) {
    const leader = leaders.find(
      (other) =>
        other.springBootVersion === set.springBootVersion &&
        areSameDocument(headingsBy(other), headingsBy(set)),
    );
    if (leader) followers.set(set.id, leader.id);
    else leaders.push(set);
  }
  return sets.map((set) => {
    const sameAs = followers.get(set.id);
    return sameAs === undefined ? set : { ...set, sameAs };
  });
}

/** Only sets of a version that others have too are worth looking into. */
function isOneOfMany(sets: readonly DocumentSet[]): (set: DocumentSet) => boolean {
  const isDocument = (set: DocumentSet) =>
    set.springBootVersion !== undefined && !["embedded", "dependencies"].includes(sourceOf(set).kind);
  return (set) =>
    isDocument(set) &&
    sets.some(
      (other) =>
        other.id !== set.id && isDocument(other) && other.springBootVersion === set.springBootVersion,
    );
}

/** A page is read better than a PDF; of equals the larger leads, then the one whose id comes first. */
function byFormat(left: DocumentSet, right: DocumentSet): number {
  const isPdf = ({ formats = [] }: DocumentSet) => Number(formats.every((format) => format === "pdf"));
  return (
    isPdf(left) - isPdf(right) || right.passages - left.passages || left.id.localeCompare(right.id, "en")
  );
}
