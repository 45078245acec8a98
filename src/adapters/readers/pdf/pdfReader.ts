/** PDF through pdf.js. */
import type { DocumentFile } from "../../../core/document/documentReader";
import type { ReadDocument } from "../../../core/document/section";
import { createSectionBuilder } from "../sectionBuilder";
import { openPdf } from "./openPdf";

export async function readPdf(file: DocumentFile, signal: AbortSignal): Promise<ReadDocument> {
  const pdf = await openPdf(file, signal);
  const sections = createSectionBuilder("");
  for (let number = 1; number <= pdf.numPages; number++) {
    signal.throwIfAborted();
    const page = await pdf.getPage(number);
    const content = await page.getTextContent();
    const text = content.items
      .map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : ""))
      .join("");
    sections.heading({ level: 1, text: `Page ${number}`, page: number });
    if (text.trim()) sections.add({ kind: "prose", text: text.trim() });
  }
  return { title: "PDF", format: "pdf", sections: sections.finish() };
}
