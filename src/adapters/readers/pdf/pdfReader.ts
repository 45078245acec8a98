/**
 * PDF through pdf.js. All pages are read first, because fonts and measures of the whole document tell code from prose and columns from
 * justified lines; then headings divide the lines into sections.
 */
import { basename } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { DocumentFile } from "../../../core/document/documentReader";
import type { Block, ReadDocument } from "../../../core/document/section";
import { createSectionBuilder } from "../sectionBuilder";
import { linkedSpringBootVersion, versionIn } from "../statedVersion";
import { createBlockBuilder } from "./blockBuilder";
import { withoutFurniture } from "./furniture";
import { headingsByMarks, headingsBySize, type FoundHeading } from "./headings";
import { openPdf, type PdfDocument } from "./openPdf";
import { readHeadingMarks } from "./outline";
import { readPageText, type Line, type PageText } from "./pageText";
import { learnTypography } from "./typography";

export async function readPdf(file: DocumentFile, signal: AbortSignal): Promise<ReadDocument> {
  const pdf = await openPdf(file, signal);
  try {
    const raw: PageText[] = [];
    for (let number = 1; number <= pdf.numPages; number++) {
      // pdf.js never leaves this thread's microtasks; a cancellation arrives only between two turns of the loop.
      await setImmediate();
      signal.throwIfAborted();
      raw.push(await readPageText(pdf, number));
    }
    const pages = withoutFurniture(raw);
    const typography = learnTypography(pages);
    const marks = await readHeadingMarks(pdf, signal);
    const headings =
      marks.length > 0 ? headingsByMarks(pages, marks, typography) : headingsBySize(pages, typography);
    const title = await titleOf(pdf, pages, basename(file.path).replace(/\.[^.]+$/, ""));
    const springBootVersion = versionOf(title, pages);

    const sections = createSectionBuilder(title);
    const blocks = createBlockBuilder(rightEdgeOf(pages), typography);
    const byLine = headingsByLine(headings, pages);
    const headingLines = new Set(headings.flatMap((heading) => heading.lines));
    let page = 1;
    let inContents = false;
    const flush = () => {
      const found = blocks.take();
      if (!inContents) sections.add(...found.map((block) => withoutOwnPage(block, page)));
    };
    for (const line of pages.flatMap((each) => each.lines)) {
      for (const heading of byLine.get(line) ?? []) {
        flush();
        page = heading.page;
        inContents = /^(table of )?contents$/i.test(heading.text.trim());
        sections.heading({ ...heading, text: heading.text.replace(/^\./, "") });
      }
      if (!headingLines.has(line)) blocks.add(line);
    }
    flush();
    return {
      title,
      format: "pdf",
      sections: sections.finish(),
      ...(springBootVersion && { springBootVersion }),
    };
  } finally {
    await pdf.destroy();
  }
}

/** A heading whose page has no line below it comes before the next page's first line. */
function headingsByLine(headings: readonly FoundHeading[], pages: readonly PageText[]) {
  const byLine = new Map<Line, FoundHeading[]>();
  for (const heading of headings) {
    const line =
      heading.before ?? pages.find((page) => page.number > heading.page && page.lines.length > 0)?.lines[0];
    if (line) byLine.set(line, [...(byLine.get(line) ?? []), heading]);
  }
  return byLine;
}

/** A block names its page only where that is not the section's. */
function withoutOwnPage(block: Block, sectionPage: number): Block {
  if (block.page !== sectionPage) return block;
  const copy: { -readonly [K in keyof Block]: Block[K] } = { ...block };
  delete copy.page;
  return copy as Block;
}

async function titleOf(pdf: PdfDocument, pages: readonly PageText[], fileName: string): Promise<string> {
  const { info } = await pdf.getMetadata();
  const said = "Title" in info && typeof info.Title === "string" ? info.Title.trim() : "";
  if (said !== "" && !/^(untitled|microsoft word - .*)$/i.test(said)) return said;
  const lines = pages[0]?.lines ?? [];
  const largest = Math.max(0, ...lines.map((line) => line.size));
  const words = lines
    .filter((line) => line.size === largest)
    .slice(0, 3)
    .map((line) => line.text)
    .join(" ");
  return words.length > 0 && words.length <= 120 ? words : fileName;
}

/** From the title page ("Version 3.2.1") of a document that is about Spring Boot, else from the addresses that it names. */
function versionOf(title: string, pages: readonly PageText[]): string | undefined {
  const front = pages.slice(0, 3).flatMap((page) => page.lines.map((line) => line.text));
  if (/spring boot/i.test([title, ...front].join(" "))) {
    const line = front.find((text) => /^(version|release|v)\b/i.test(text) && versionIn(text) !== undefined);
    const version = versionIn(title) ?? (line === undefined ? undefined : versionIn(line));
    if (version !== undefined) return version;
  }
  return linkedSpringBootVersion(pages.flatMap((page) => page.lines.map((line) => line.text)).join("\n"));
}

/** Where the widest tenth of the lines ends. */
function rightEdgeOf(pages: readonly PageText[]): number {
  const rights = pages
    .flatMap((page) => page.lines.map((line) => line.right))
    .sort((one, other) => one - other);
  return rights[Math.floor(rights.length * 0.95)] ?? 500;
}
