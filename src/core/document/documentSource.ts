/** Where a document set came from, with all that asking for it again needs. */
export type DocumentSource =
  | { readonly kind: "embedded" }
  | { readonly kind: "file" | "folder" }
  | DownloadSource
  | SiteSource
  | DependenciesSource;

/** One document behind an address. */
export interface DownloadSource {
  readonly kind: "download";
  /** The copy on this machine. */
  readonly path: string;
  /** What the server said of the copy (RFC 9110, 8.8). */
  readonly etag?: string;
  readonly lastModified?: string;
}

/** Pages below one address that link to each other. */
export interface SiteSource extends SiteBounds {
  readonly kind: "site";
  /** Folder of the pages on this machine. */
  readonly path: string;
  /** Pages that were left out because a limit was reached. */
  readonly left: number;
  /** The version that the pages must state, where they state one. */
  readonly expectVersion?: string;
}

/** The jars of the dependencies of a Maven or Gradle project. */
export interface DependenciesSource {
  readonly kind: "dependencies";
  /** Folder of the project's module, absolute. */
  readonly project: string;
  /** Whether the person wants them found by meaning too; a project has hundreds of jars, and words find what is asked by its name. */
  readonly vectors: boolean;
  /** Checksum of the build files' texts: another one may mean other dependencies. Absent until it was indexed. */
  readonly build?: string;
}

/** The origin of the set of a project's dependencies. */
export function dependenciesOrigin(project: string): string {
  return `dependencies:${project}`;
}

/** What a crawl may take. */
export interface SiteBounds {
  readonly start: string;
  /** Every page's address begins with it; same host, ends with a slash. */
  readonly prefix: string;
  /** Links between the start page and a page, at most. */
  readonly depth: number;
  /** Pages, at most. */
  readonly pages: number;
  /** Parts of the address below the prefix that are left out: `api/java/`. */
  readonly exclude: readonly string[];
}

/** The source of a set, by its origin alone where its maker kept none. */
export function sourceOf(set: { readonly origin: string; readonly source?: DocumentSource }): DocumentSource {
  return set.source ?? { kind: set.origin === "embedded" ? "embedded" : "file" };
}
