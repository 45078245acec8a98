/** Which kind of document a file is: its first bytes decide where they are clear, else its extension. */
import type { DocumentFormat } from "../../core/document/section";

const formats = {
  ".pdf": "pdf",
  ".html": "html",
  ".htm": "html",
  ".xhtml": "html",
  ".adoc": "asciidoc",
  ".asciidoc": "asciidoc",
  ".asc": "asciidoc",
  ".md": "markdown",
  ".markdown": "markdown",
  ".txt": "text",
  ".text": "text",
} as const satisfies Readonly<Record<string, DocumentFormat>>;

/** Lower-case, with the dot. */
export const supportedExtensions: ReadonlySet<string> = new Set(Object.keys(formats));

/** Absent when neither the content nor the extension says it. */
export function formatOf(extension: string, bytes: Uint8Array): DocumentFormat | undefined {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  // A PDF may begin with some bytes of rubbish; the standard looks within the first 1,024.
  if (start.includes("%PDF-")) return "pdf";
  const byExtension = Object.hasOwn(formats, extension)
    ? formats[extension as keyof typeof formats]
    : undefined;
  if (byExtension && byExtension !== "text") return byExtension;
  if (/^\W{0,4}\s*(<!--[\s\S]*?-->\s*)?<(!doctype html|html)\b/i.test(start)) return "html";
  if (byExtension) return byExtension;
  return undefined;
}
