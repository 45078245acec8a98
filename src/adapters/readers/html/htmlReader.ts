/** HTML of any tool, with particular care for what Asciidoctor and Antora write. */
import { basename } from "node:path";
import type { Document, Element } from "domhandler";
import { removeElement } from "domutils";
import { parseDocument } from "htmlparser2";
import type { DocumentFile } from "../../../core/document/documentReader";
import type { ReadDocument } from "../../../core/document/section";
import { decodeText } from "../decode";
import { createSectionBuilder, withoutNumber } from "../sectionBuilder";
import { linkedSpringBootVersion, versionIn } from "../statedVersion";
import { readContent } from "./blocks";
import { plainText } from "./inline";
import { first } from "./select";

// eslint-disable-next-line @typescript-eslint/require-await -- every reader has the same shape
export async function readHtml(file: DocumentFile, signal: AbortSignal): Promise<ReadDocument> {
  signal.throwIfAborted();
  const start = Buffer.from(file.bytes.subarray(0, 2048)).toString("latin1");
  const charset = /<meta[^>]+charset=["']?([\w-]+)/i.exec(start)?.[1];
  const source = decodeText(file.bytes, charset);
  const page = parseDocument(source);
  signal.throwIfAborted();
  return readHtmlPage(page, source, basename(file.path).replace(/\.[^.]+$/, ""));
}

/** @param name what to call a page that has neither heading nor title */
export function readHtmlPage(page: Document, source: string, name: string): ReadDocument {
  const pageTitle = textOf(first("title", page));
  const root = contentRoot(page);
  const heading = first("h1", root) ?? first("#header > h1, article.doc h1, main h1", page);
  const headingTitle = withoutNumber(textOf(heading));
  const title = headingTitle || pageTitle || name;
  const springBootVersion =
    versionOf(page, `${pageTitle} ${headingTitle}`) ?? linkedSpringBootVersion(source);

  const sections = createSectionBuilder(title);
  if (heading && !isBookTitle(page)) {
    const anchor = heading.attribs["id"] ?? first("body.book[id], body.article[id]", page)?.attribs["id"];
    sections.heading({ level: 1, text: headingTitle, anchor });
  }
  if (heading) removeElement(heading);
  readContent(root.children, sections);
  return {
    title,
    format: "html",
    sections: sections.finish(),
    ...(springBootVersion && { springBootVersion }),
  };
}

/** The part of the page that holds its text: what a documentation tool marks as such, else `main` or `article`, else the body. */
function contentRoot(page: Document): Element | Document {
  return (
    first("article.doc", page) ??
    first("body.book #content, body.article #content", page) ??
    first("main article, [role=main] article", page) ??
    first("main, [role=main], article, .markdown-body", page) ??
    first("body", page) ??
    page
  );
}

/** Asciidoctor's book has a title page with the revision; its title is no heading of the sections. */
function isBookTitle(page: Document): boolean {
  return first("body.book #revnumber", page) !== undefined;
}

/** A revision is Spring Boot's only on a page that is about Spring Boot. */
function versionOf(page: Document, titles: string): string | undefined {
  if (!/spring boot/i.test(titles)) return undefined;
  const meta = first("meta[name=version], meta[name='page-version'], meta[name='docsearch:version']", page);
  return (
    versionIn(textOf(first("#revnumber", page))) ??
    versionIn(meta?.attribs["content"] ?? "") ??
    versionIn(titles)
  );
}

function textOf(element: Element | undefined): string {
  return element ? plainText(element.children) : "";
}
