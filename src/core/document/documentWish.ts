/** What a person wants to have indexed, before anything of it is on this machine. */
import type { DocumentSet } from "./documentSet";
import { dependenciesOrigin, sourceOf, type SiteBounds } from "./documentSource";

export type DocumentWish =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "download"; readonly url: string }
  | {
      readonly kind: "dependencies";
      readonly project: string;
      readonly vectors: boolean;
      /** Whether the project's build tool is to bring what is not on this machine. */
      readonly fetch?: boolean;
    }
  | {
      readonly kind: "site";
      readonly bounds: SiteBounds;
      /** What the set is known by; absent: the prefix. */
      readonly origin?: string;
      /** The version that the pages must state, where they state one. */
      readonly expectVersion?: string;
    };

/** The same again; undefined for what comes with the package. */
export function wishOf(set: DocumentSet): DocumentWish | undefined {
  const source = sourceOf(set);
  switch (source.kind) {
    case "embedded":
      return undefined;
    case "file":
    case "folder":
      return { kind: "path", path: set.origin };
    case "dependencies":
      return { kind: "dependencies", project: source.project, vectors: source.vectors };
    case "download":
      return { kind: "download", url: set.origin };
    case "site": {
      const { start, prefix, depth, pages, exclude, expectVersion } = source;
      return {
        kind: "site",
        bounds: { start, prefix, depth, pages, exclude },
        origin: set.origin,
        ...(expectVersion !== undefined && { expectVersion }),
      };
    }
  }
}

/** Where a wish comes from, as its set will say it. */
export function originOf(wish: DocumentWish): string {
  switch (wish.kind) {
    case "path":
      return wish.path;
    case "dependencies":
      return dependenciesOrigin(wish.project);
    case "download":
      return wish.url;
    case "site":
      return wish.origin ?? wish.bounds.prefix;
  }
}
