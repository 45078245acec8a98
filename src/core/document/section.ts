/** What a reader makes of a document: sections in reading order, each with the place that a citation can open. */
export interface ReadDocument {
  readonly title: string;
  /** The Spring Boot version that the document says it is for ("3.2.1"), when it says so. */
  readonly springBootVersion?: string;
  readonly format: DocumentFormat;
  readonly sections: readonly Section[];
}

export type DocumentFormat = "pdf" | "html" | "asciidoc" | "markdown" | "text";

export interface Section {
  /** Headings from the outermost to the section's own, without numbers: `["Web", "Graceful Shutdown"]`. */
  readonly headingPath: readonly string[];
  /** The document's real id of the section (`web.graceful-shutdown`), never made from the heading. */
  readonly anchor?: string;
  /** Page of the PDF where the section starts, from 1. */
  readonly page?: number;
  readonly blocks: readonly Block[];
}

/** Text of every block is Markdown without its fence; code is verbatim. `page` is set where a PDF block stands on a later page. */
export type Block =
  | { readonly kind: "prose"; readonly text: string; readonly page?: number }
  | { readonly kind: "list"; readonly text: string; readonly page?: number }
  | { readonly kind: "table"; readonly text: string; readonly page?: number }
  | { readonly kind: "admonition"; readonly label: string; readonly text: string; readonly page?: number }
  | {
      readonly kind: "code";
      readonly text: string;
      readonly language?: string;
      readonly caption?: string;
      readonly page?: number;
    };
