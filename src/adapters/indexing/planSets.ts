/** Which sets a source becomes: one a version, since an answer must never mix versions. */
import { createHash } from "node:crypto";
import { dirname } from "node:path/posix";
import type { SetWords } from "../../core/document/documentSet";
import type { DocumentSource } from "../../core/document/documentSource";
import type { SourceDocument } from "./readSource";

export interface PlannedSet {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
  readonly springBootVersion?: string;
  readonly source: DocumentSource;
  readonly asked: SetWords;
  readonly documents: readonly SourceDocument[];
}

export interface PlanProps {
  readonly origin: string;
  /** The origin is a folder, or a site of pages: the title of one document is not its name. */
  readonly isFolder: boolean;
  /** Absent: a file or folder of this machine. */
  readonly source?: DocumentSource;
  /** What a set of many documents calls itself. */
  readonly title?: string;
  readonly documents: readonly SourceDocument[];
  /** What the person said; both apply to all documents. */
  readonly name?: string;
  readonly springBootVersion?: string;
}

/**
 * Groups documents by version: the person's word, else what the document says, else what the documents beside and below it say when they
 * agree, looking outwards folder by folder.
 */
export function planSets({
  origin,
  isFolder,
  source = { kind: isFolder ? "folder" : "file" },
  title,
  documents,
  name,
  springBootVersion,
}: PlanProps): readonly PlannedSet[] {
  const asked = {
    ...(name !== undefined && { name }),
    ...(springBootVersion !== undefined && { springBootVersion }),
  };
  const agreed = versionsByFolder(documents);
  const groups = new Map<string | undefined, SourceDocument[]>();
  for (const document of documents) {
    const version =
      springBootVersion ?? document.entry.springBootVersion ?? nearest(agreed, document.entry.path);
    groups.set(version, [...(groups.get(version) ?? []), document]);
  }
  return [...groups].map(([version, members]) => {
    const ownName = isFolder ? (title ?? lastPart(origin)) : (members[0]?.entry.title ?? lastPart(origin));
    return {
      id: setIdOf(origin, version),
      name: (name ?? ownName) + (groups.size > 1 && version !== undefined ? ` ${version}` : ""),
      origin,
      ...(version !== undefined && { springBootVersion: version }),
      source,
      asked,
      documents: members,
    };
  });
}

/** Stable over runs and machines: the folder of the set, and the first part of its passages' ids. */
export function setIdOf(origin: string, version: string | undefined): string {
  const hash = createHash("sha256")
    .update(`${origin}\n${version ?? ""}`)
    .digest("hex")
    .slice(0, 10);
  const slug = lastPart(origin)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 40);
  return slug ? `${slug}-${hash}` : hash;
}

/** The last name of a path or an address, without the extension of a file. */
function lastPart(origin: string): string {
  const parts = origin.split(/[\\/]+/).filter((part) => part !== "");
  return (parts.at(-1) ?? origin).replace(/\.[a-z]{2,8}$/i, "");
}

/** The one version that all documents of a folder and below state; undefined where they differ. */
function versionsByFolder(documents: readonly SourceDocument[]): ReadonlyMap<string, string | undefined> {
  const versions = new Map<string, string | undefined>();
  for (const { entry } of documents) {
    if (entry.springBootVersion === undefined) continue;
    for (const folder of foldersOf(entry.path)) {
      const differs = versions.has(folder) && versions.get(folder) !== entry.springBootVersion;
      versions.set(folder, differs ? undefined : entry.springBootVersion);
    }
  }
  return versions;
}

function nearest(versions: ReadonlyMap<string, string | undefined>, path: string): string | undefined {
  const folder = foldersOf(path).find((each) => versions.has(each));
  return folder === undefined ? undefined : versions.get(folder);
}

/** From the file's own folder outwards; `.` is the origin. */
function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === "." || folder === "/") return folders;
  }
}
