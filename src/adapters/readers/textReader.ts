/** Plain text: paragraphs, with headings only where they are underlined or numbered like chapters. */
import { basename } from "node:path";
import type { DocumentFile } from "../../core/document/documentReader";
import type { ReadDocument } from "../../core/document/section";
import { FailureError } from "../../core/failure";
import { decodeText, looksBinary } from "./decode";
import { createSectionBuilder } from "./sectionBuilder";
import { linkedSpringBootVersion } from "./statedVersion";

// eslint-disable-next-line @typescript-eslint/require-await -- every reader has the same shape
export async function readText(file: DocumentFile, signal: AbortSignal): Promise<ReadDocument> {
  signal.throwIfAborted();
  if (looksBinary(file.bytes)) {
    throw new FailureError({ kind: "document-unreadable", path: file.path, why: "unknown-format" });
  }
  const source = decodeText(file.bytes).replace(/\r\n?/g, "\n");
  const name = basename(file.path).replace(/\.[^.]+$/, "");
  const sections = createSectionBuilder(name);
  for (const paragraph of source.split(/\n[ \t]*\n/)) {
    const lines = paragraph.replace(/^\n+|\s+$/g, "").split("\n");
    const heading = headingOf(lines);
    if (heading) sections.heading(heading);
    const rest = heading ? lines.slice(heading.lines) : lines;
    const text = rest.join("\n").trim();
    if (text === "") continue;
    if (rest.every((line) => /^(\t| {4})/.test(line))) {
      sections.add({ kind: "code", text: dedent(rest) });
    } else if (/^\s*([-*•]|\d+[.)])\s/.test(text)) sections.add({ kind: "list", text });
    else sections.add({ kind: "prose", text: text.replace(/[ \t]*\n[ \t]*/g, " ") });
  }
  const springBootVersion = linkedSpringBootVersion(source);
  return {
    title: name,
    format: "text",
    sections: sections.finish(),
    ...(springBootVersion && { springBootVersion }),
  };
}

/** `Title` over a line of `===` or `---` of about its length, or a paragraph of one line "2.1. Title" or "CHAPTER TITLE". */
function headingOf(lines: readonly string[]): { level: number; text: string; lines: number } | undefined {
  const [first = "", second = ""] = lines;
  const text = first.trim();
  if (text === "" || text.length > 100) return undefined;
  if (/^(={3,}|-{3,}|~{3,})\s*$/.test(second) && Math.abs(second.trim().length - text.length) <= 3) {
    return { level: second.startsWith("=") ? 1 : 2, text, lines: 2 };
  }
  if (lines.length > 1) return undefined;
  const number = /^(\d{1,2}(?:\.\d{1,2})*)\.\s+\p{Lu}[^.!?;:]*$/u.exec(text)?.[1];
  if (number) return { level: number.split(".").length, text, lines: 1 };
  if (/^\p{Lu}[\p{Lu}\d ,&/-]{3,60}$/u.test(text)) return { level: 1, text, lines: 1 };
  return undefined;
}

function dedent(lines: readonly string[]): string {
  const margin = Math.min(
    ...lines.filter((line) => line.trim()).map((line) => /^\s*/.exec(line)?.[0].length ?? 0),
  );
  return lines.map((line) => line.slice(margin)).join("\n");
}
