/** Requests that bring a document set up to date, or make it anew from what lies on this machine. */
import type { IndexRequest, IndexSource } from "../engine";
import type { DocumentSet } from "./documentSet";
import { sourceOf } from "./documentSource";

/** Indexes what was obtained again, under the name and version that the person gave at first. */
export function updateRequest(set: DocumentSet, source: IndexSource): IndexRequest {
  return { sources: [source], ...set.asked };
}

/** Reads and embeds everything anew, from the copy of this machine; no connection is made. Undefined for what comes with the package. */
export function reindexRequest(set: DocumentSet): IndexRequest | undefined {
  const source = sourceOf(set);
  if (source.kind === "embedded") return undefined;
  if (source.kind === "dependencies") {
    const jars = { path: source.project, origin: set.origin, source, title: set.name };
    return { sources: [jars], fresh: true, ...set.asked };
  }
  const path = "path" in source ? source.path : set.origin;
  const named: IndexSource = { path, origin: set.origin, source };
  return { sources: [set.source ? named : { path, origin: set.origin }], fresh: true, ...set.asked };
}

/** Where a person finds a set's documents: an address, or a path of this machine; undefined for what comes with the package. */
export function placeOf(set: DocumentSet): { readonly path?: string; readonly url?: string } | undefined {
  const source = sourceOf(set);
  switch (source.kind) {
    case "embedded":
      return undefined;
    case "file":
    case "folder":
      return { path: set.origin };
    case "dependencies":
      return { path: source.project };
    case "download":
      return { path: source.path, url: set.origin };
    case "site":
      return { path: source.path, url: source.start };
  }
}
