/** Turns lines in reading order into blocks: paragraphs, lists, listings, tables and admonitions. */
import type { Block } from "../../../core/document/section";
import { codeText } from "./listing";
import { textOf, type Line } from "./pageText";
import { isAdmonitionLabel, segmentsOf, type Segment } from "./segments";
import { createTableRows, type TableRows } from "./tableRows";
import type { Typography } from "./typography";
import { flowingText } from "./words";

type Open =
  | { readonly kind: "text"; readonly lines: Line[]; readonly marker: string | undefined }
  | { readonly kind: "code"; readonly lines: Line[]; readonly caption: string | undefined }
  | { readonly kind: "table"; readonly rows: TableRows; readonly page: number };

export interface BlockBuilder {
  add(line: Line): void;
  /** Blocks since the last call. */
  take(): readonly Block[];
}

const markers = /^(?:[•◦▪‣⁃●○■□–]|\d{1,3}[.)]|[a-z][.)]|[①-⑳❶-❿])$/u;
const leadingMarker = /^([•◦▪‣⁃●○■]|[①-⑳❶-❿]|\d{1,2}\.|[a-z]\.)\s+(?=\S)/u;

/** @param rightEdge of the page's text, in points */
export function createBlockBuilder(rightEdge: number, typography: Typography): BlockBuilder {
  const blocks: Block[] = [];
  let open: Open | undefined;
  let admonition:
    | { readonly label: string; textX: number | undefined; readonly page: number; readonly from: number }
    | undefined;
  let previous: Line | undefined;

  const close = () => {
    if (open) blocks.push(...closed(open));
    open = undefined;
  };
  const closeAdmonition = () => {
    close();
    if (!admonition) return;
    const inner = blocks.splice(admonition.from);
    blocks.push(...admonitionBlocks(admonition.label, admonition.page, inner));
    admonition = undefined;
  };
  const closed = (block: Open): readonly Block[] => {
    if (block.kind === "code") {
      // Asciidoctor's theme sets the content of an admonition 12 points off the text's edge.
      const text = codeText(block.lines, admonition ? rightEdge - 12 : rightEdge, typography);
      return [
        { kind: "code", text, ...(block.caption && { caption: block.caption }), ...pageOf(block.lines[0]) },
      ];
    }
    if (block.kind === "table") {
      if (block.rows.rowCount > 1) return [{ kind: "table", text: block.rows.markdown(), page: block.page }];
      return block.rows.lines.flatMap((line) => closed({ kind: "text", lines: [line], marker: undefined }));
    }
    const [first] = block.lines;
    const width = rightEdge - (first?.x ?? 0);
    const text = flowingText(
      block.lines.map((line) => line.runs),
      width,
      typography,
    );
    if (text === "") return [];
    if (block.marker === undefined) return [{ kind: "prose", text, ...pageOf(first) }];
    const bare = text.startsWith(block.marker) ? text.slice(block.marker.length).trim() : text;
    const numbered = /^(\d+)[.)]$/.exec(block.marker)?.[1];
    return [{ kind: "list", text: `${numbered ? `${numbered}.` : "-"} ${bare}`, ...pageOf(first) }];
  };

  const isCodeLine = (line: Line) => {
    if (!line.runs.every((run) => typography.isCode(run))) return false;
    if (open?.kind === "code") return true;
    // A line of inline code in a paragraph has the paragraph's size and distance.
    const within =
      open?.kind === "text" &&
      previous?.page === line.page &&
      previous.y - line.y < typography.leading * 1.2 * line.size;
    return Math.abs(line.size - typography.bodySize) > 0.3 || !within;
  };

  const startsAdmonition = (line: Line, segments: readonly Segment[]) => {
    const [label] = segments;
    if (label?.runs.length !== 1 || !label.runs[0] || !isAdmonitionLabel(label.runs[0], typography))
      return false;
    closeAdmonition();
    const rest = segments.slice(1);
    admonition = {
      label: capitalised(textOf(label.runs)),
      textX: rest[0]?.x,
      page: line.page,
      from: blocks.length,
    };
    const runs = rest.flatMap((part) => part.runs);
    if (runs[0]) addContent({ ...line, runs, text: textOf(runs), x: runs[0].x }, rest);
    return true;
  };

  const addContent = (line: Line, segments: readonly Segment[]) => {
    if (open?.kind === "table") {
      if (open.rows.add(line, segments)) return;
      close();
    }
    if (isCodeLine(line)) {
      if (open?.kind !== "code" || !goesOn(open.lines.at(-1), line, typography)) {
        const caption =
          open?.kind === "text" && open.lines.length === 1 ? captionOf(open.lines[0], typography) : undefined;
        if (caption) open = undefined;
        close();
        open = { kind: "code", lines: [], caption };
      }
      open.lines.push(line);
      return;
    }
    if (startsTable(line, segments)) return;
    const marker = markerOf(line, segments);
    if (marker === undefined && open?.kind === "text" && isContinued(open.lines, line)) open.lines.push(line);
    else {
      close();
      open = { kind: "text", lines: [line], marker };
    }
  };

  /** Two columns on one line, or a column that begins beside lines which were read already. */
  const startsTable = (line: Line, segments: readonly Segment[]): boolean => {
    if (segments.length >= 2 && markerOf(line, segments) === undefined) {
      close();
      const rows = createTableRows(
        segments.map((part) => part.x),
        rightEdge,
        typography,
      );
      rows.add(line, segments);
      open = { kind: "table", rows, page: line.page };
      return true;
    }
    if (open?.kind !== "text" || previous?.page !== line.page || line.y < previous.y + 2) return false;
    const [first] = open.lines;
    const beside = open.lines.every(
      (each) => each.page === line.page && each.y <= line.y + 3 && each.right < line.x,
    );
    if (!first || !beside || open.marker !== undefined) return false;
    const rows = createTableRows([first.x, ...segments.map((part) => part.x)], rightEdge, typography);
    for (const each of open.lines) rows.add(each, [{ runs: each.runs, x: each.x, right: each.right }]);
    rows.add(line, segments);
    open = { kind: "table", rows, page: line.page };
    return true;
  };

  const isContinued = (lines: readonly Line[], line: Line) => {
    const last = lines.at(-1);
    const [first] = lines;
    if (!last || !first || line.size < last.size * 0.85 || line.size > last.size * 1.18) return false;
    if (last.page !== line.page) {
      return !/[.:!?]\)?$/.test(last.text) && line.x >= first.x - 1 && last.right > rightEdge * 0.75;
    }
    const distance = last.y - line.y;
    return (
      distance > 0 &&
      distance <= typography.leading * 1.2 * line.size &&
      Math.abs(line.x - (lines.length > 1 ? last.x : line.x)) < 30
    );
  };

  return {
    add(line) {
      const segments = segmentsOf(line, typography);
      if (admonition && !startsAdmonition(line, segments)) {
        admonition.textX ??= line.x;
        if (line.x >= admonition.textX - 3) addContent(line, segments);
        else {
          closeAdmonition();
          addContent(line, segments);
        }
      } else if (!admonition && !startsAdmonition(line, segments)) addContent(line, segments);
      previous = line;
    },
    take() {
      closeAdmonition();
      previous = undefined;
      return joinedLists(blocks.splice(0));
    },
  };

  function markerOf(line: Line, segments: readonly Segment[]): string | undefined {
    const [first] = segments;
    const [run] = line.runs;
    if (!first || !run || typography.isCode(run)) return undefined;
    const alone = textOf(first.runs);
    if (segments.length > 1 && markers.test(alone)) return alone;
    return leadingMarker.exec(line.text)?.[1];
  }
}

/** A listing is one while its lines follow closely; over a page's end it goes on when the next page begins with code. */
function goesOn(last: Line | undefined, line: Line, typography: Typography): boolean {
  if (!last) return true;
  if (last.page !== line.page) return line.page === last.page + 1;
  const distance = last.y - line.y;
  return distance > -0.5 && distance < typography.codeLeading * 2.6 * line.size;
}

/** A short line in another font than the body's, right above a listing: "Java", "pom.xml". */
function captionOf(line: Line | undefined, typography: Typography): string | undefined {
  if (!line) return undefined;
  const text = line.text;
  const other = line.runs.every((run) => run.font !== typography.bodyFont);
  return other && text.length <= 60 && !/[.:]$/.test(text) ? text : undefined;
}

function admonitionBlocks(label: string, page: number, inner: readonly Block[]): readonly Block[] {
  const result: Block[] = [];
  let words: string[] = [];
  const flush = () => {
    if (words.length > 0) result.push({ kind: "admonition", label, text: words.join("\n\n"), page });
    words = [];
  };
  for (const block of joinedLists(inner)) {
    if (block.kind === "prose" || block.kind === "list") words.push(block.text);
    else {
      flush();
      result.push(block);
    }
  }
  flush();
  return result;
}

function joinedLists(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (block.kind === "list" && last?.kind === "list") {
      joined[joined.length - 1] = { ...last, text: `${last.text}\n${block.text}` };
    } else joined.push(block);
  }
  return joined;
}

function pageOf(line: Line | undefined): { readonly page?: number } {
  return line ? { page: line.page } : {};
}

function capitalised(word: string): string {
  return word.charAt(0) + word.slice(1).toLowerCase();
}
