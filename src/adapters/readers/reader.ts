/** The one door to the readers: bytes of a file in, sections out. Each reader's library is loaded when it is first needed. */
import { extname } from "node:path";
import type { DocumentFile } from "../../core/document/documentReader";
import type { DocumentFormat, ReadDocument } from "../../core/document/section";
import { FailureError, isAbort } from "../../core/failure";
import { formatOf } from "./formats";

export { supportedExtensions } from "./formats";

/**
 * Throws `document-unreadable` with the defect: a document is read whole or not at all. A file that has no text anywhere (a scan, an empty
 * page) is `empty`.
 */
export async function readDocumentFile(file: DocumentFile, signal: AbortSignal): Promise<ReadDocument> {
  signal.throwIfAborted();
  if (file.bytes.length === 0) throw unreadable(file, "empty");
  const format = formatOf(extname(file.path).toLowerCase(), file.bytes);
  if (!format) throw unreadable(file, "unknown-format");
  let document: ReadDocument;
  try {
    document = await readers[format](file, signal);
  } catch (error) {
    if (isAbort(error) || error instanceof FailureError) throw error;
    throw unreadable(file, "damaged", error instanceof Error ? error.message : String(error));
  }
  if (document.sections.length === 0) throw unreadable(file, "empty");
  return document;
}

type Read = (file: DocumentFile, signal: AbortSignal) => Promise<ReadDocument>;

const readers: Readonly<Record<DocumentFormat, Read>> = {
  pdf: async (file, signal) => (await import("./pdf/pdfReader")).readPdf(file, signal),
  html: async (file, signal) => (await import("./html/htmlReader")).readHtml(file, signal),
  asciidoc: async (file, signal) => (await import("./asciidoc/asciidocReader")).readAsciidoc(file, signal),
  markdown: async (file, signal) => (await import("./markdown/markdownReader")).readMarkdown(file, signal),
  text: async (file, signal) => (await import("./textReader")).readText(file, signal),
};

function unreadable(file: DocumentFile, why: "damaged" | "empty" | "unknown-format", cause?: string) {
  return new FailureError({
    kind: "document-unreadable",
    path: file.path,
    why,
    ...(cause !== undefined && { cause }),
  });
}
