/** AsciiDoc is converted by Asciidoctor itself and then read like the page that it would become. */
import { basename, dirname, relative, sep } from "node:path";
import { load, MemoryLogger } from "@asciidoctor/core";
import { parseDocument } from "htmlparser2";
import type { DocumentFile } from "../../../core/document/documentReader";
import type { ReadDocument } from "../../../core/document/section";
import { linkedSpringBootVersion, versionIn } from "../statedVersion";
import { readHtmlPage } from "../html/htmlReader";
import { codeSampleExtensions } from "./codeSamples";
import { addPropertiesListings } from "./configurationListings";

/**
 * Attributes and includes are resolved; includes only inside the file's root, never from the network. One that cannot be resolved stays in
 * the text as Asciidoctor's note about it.
 */
export async function readAsciidoc(file: DocumentFile, signal: AbortSignal): Promise<ReadDocument> {
  signal.throwIfAborted();
  const name = basename(file.path).replace(/\.[^.]+$/, "");
  const path = relative(file.root, file.path).split(sep).join("/");
  // Asciidoctor resolves includes beside its base folder and jails them in it; entered through an include, the file keeps its own
  // folder for what it includes while the jail is the root.
  const document = await load("include::{docwright-entry}[]\n", {
    safe: "safe",
    base_dir: file.root,
    logger: MemoryLogger.create(),
    extension_registry: codeSampleExtensions(file.root, dirname(file.path)),
    attributes: {
      "docwright-entry": path,
      docfile: file.path,
      docdir: dirname(file.path),
      docname: name,
      showtitle: "",
      "sectnums!": "",
      "source-highlighter!": "",
      experimental: "",
      icons: "font",
      // Unless the document says otherwise; tabs and spaces mixed in one listing line up with it.
      tabsize: "4@",
    },
  });
  signal.throwIfAborted();
  addPropertiesListings(document);
  const html = await document.convert({ standalone: true });
  signal.throwIfAborted();
  const source = typeof html === "string" ? html : "";
  const page = readHtmlPage(parseDocument(source), source, name);
  const springBootVersion =
    versionIn(attribute(document, "spring-boot-version")) ??
    page.springBootVersion ??
    linkedSpringBootVersion(source);
  return { ...page, format: "asciidoc", ...(springBootVersion && { springBootVersion }) };
}

function attribute(document: { getAttribute(name: string): unknown }, name: string): string {
  const value = document.getAttribute(name);
  return typeof value === "string" ? value : "";
}
