/** What differs between the documents of two versions, section by section. */

export interface ChangesRequest {
  /** Versions as a person writes them; a line ("3.2") means its newest indexed release. */
  readonly from: string;
  readonly to: string;
  readonly store?: string;
  /** A heading, an anchor or a question in the person's words; absent: everything. */
  readonly about?: string;
}

export interface VersionChanges {
  /** The versions that were compared. */
  readonly from: string;
  readonly to: string;
  /** Names of the document sets that were compared with each other. */
  readonly compared: readonly { readonly from: string; readonly to: string }[];
  /** Names of sets of either version that have no counterpart, or say again what a compared one says. */
  readonly leftOut: readonly string[];
  /** Sections that both versions have, whether they differ or not. */
  readonly common: number;
  /** Of these, sections that differ in nothing but the versions they name. */
  readonly renumbered: number;
  /** In reading order of the newer documents; with `about` the nearest to it first. */
  readonly changes: readonly SectionChange[];
  readonly narrowed?: Narrowing;
}

/** How what was asked led to the changes. */
export interface Narrowing {
  /** `heading`: the changes at and below it; `question`: among the sections that answer it. */
  readonly by: "heading" | "question";
  /** False when neither version's documents answer the question. */
  readonly answered: boolean;
  /** Headings of the sections that were found and are the same in both versions. */
  readonly unchanged: readonly string[];
}

export interface SectionChange {
  /** `moved`: the same text under another heading or anchor. */
  readonly kind: "added" | "removed" | "changed" | "moved";
  /** Absent for a section that was added. */
  readonly before?: ChangedSection;
  /** Absent for a section that was removed. */
  readonly after?: ChangedSection;
  /** Sentences, list items, rows of tables and lines of code, in order; of what stayed only what stands beside a change. */
  readonly lines: readonly ChangedLine[];
}

export interface ChangedSection {
  readonly document: string;
  readonly headingPath: readonly string[];
  readonly anchor?: string;
  readonly page?: number;
  readonly officialUrl?: string;
  /** Markdown, a sentence a line, so that an editor's own comparison shows sentences. */
  readonly text: string;
}

export interface ChangedLine {
  /** `gap`: lines that stayed are left out here; its text is empty. */
  readonly kind: "same" | "added" | "removed" | "gap";
  readonly text: string;
}
