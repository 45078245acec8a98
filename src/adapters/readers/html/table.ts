/** HTML tables as Markdown tables: one line a row, cells on one line. */
import { isTag, type AnyNode, type Element } from "domhandler";
import { inlineMarkdown } from "./inline";

/** Empty when the table holds nothing. A table without a head row gets an empty one, as Markdown demands. */
export function markdownTable(table: Element): string {
  const rows = rowsOf(table).map((row) => ({
    head: row.children.filter(isTag).every((cell) => cell.name !== "td") || withinHead(row),
    cells: row.children.filter(isTag).filter(isCell).flatMap(cellTexts),
  }));
  const filled = rows.filter((row) => row.cells.some((cell) => cell !== ""));
  if (filled.length === 0) return "";
  const width = Math.max(...filled.map((row) => row.cells.length));
  const [first] = filled;
  const headed = first?.head === true;
  const head = headed ? first.cells : [];
  const body = headed ? filled.slice(1) : filled;
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, index) => cells[index] ?? "").join(" | ")} |`;
  return [line(head), `|${"---|".repeat(width)}`, ...body.map((row) => line(row.cells))].join("\n");
}

/** True when the table only lays out a page: nested blocks that no Markdown row can hold. */
export function isLayoutTable(table: Element): boolean {
  const rows = rowsOf(table);
  return (
    rows.every((row) => row.children.filter(isTag).filter(isCell).length <= 1) ||
    rows.some((row) =>
      contains(row.children, (element) => element.name === "table" || /^h[1-6]$/.test(element.name)),
    )
  );
}

function cellTexts(cell: Element): string[] {
  const text = blockCell(cell.children).replace(/\|/g, "\\|").trim();
  const span = Math.min(Number(cell.attribs["colspan"] ?? 1) || 1, 20);
  return [text, ...Array.from({ length: span - 1 }, () => "")];
}

/** A cell may hold paragraphs, lists and listings; in a row they follow one another. */
function blockCell(nodes: readonly AnyNode[]): string {
  return inlineMarkdown(nodes).replace(/\s*\n\s*/g, " ");
}

function rowsOf(table: Element): Element[] {
  return table.children.filter(isTag).flatMap((child) => {
    if (child.name === "tr") return [child];
    return /^(thead|tbody|tfoot)$/.test(child.name) ? rowsOf(child) : [];
  });
}

function withinHead(row: Element): boolean {
  return row.parent !== null && isTag(row.parent) && row.parent.name === "thead";
}

function isCell(element: Element): boolean {
  return element.name === "td" || element.name === "th";
}

function contains(nodes: readonly AnyNode[], matches: (element: Element) => boolean): boolean {
  return nodes.some((node) => isTag(node) && (matches(node) || contains(node.children, matches)));
}
