/** What a response is, by its content type; where that says nothing useful, by the end of its address. */

const extensions: Readonly<Record<string, string>> = {
  "application/pdf": ".pdf",
  "application/x-pdf": ".pdf",
  "text/html": ".html",
  "application/xhtml+xml": ".html",
  "text/markdown": ".md",
  "text/x-markdown": ".md",
  "text/asciidoc": ".adoc",
  "text/plain": ".txt",
};

const saysNothing = new Set(["text/plain", "", "application/octet-stream", "binary/octet-stream"]);

/** The extension of a document's file, with the dot; undefined for what is no document. */
export function documentExtension(contentType: string | null, address: string): string | undefined {
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  const ending = /\.(pdf|html?|xhtml|adoc|asciidoc|md|markdown|txt)$/i
    .exec(new URL(address).pathname)?.[0]
    .toLowerCase();
  return saysNothing.has(type) ? (ending ?? extensions[type]) : extensions[type];
}
