/** Running headers, footers, page numbers and dotted leaders: what stands on pages and belongs to no section. */
import { type Line, type PageText } from "./pageText";

/** Lines of each page without its furniture. */
export function withoutFurniture(pages: readonly PageText[]): readonly PageText[] {
  const seen = new Map<string, number>();
  for (const page of pages)
    for (const key of new Set(edgeLines(page).map(keyOf))) seen.set(key, (seen.get(key) ?? 0) + 1);
  const isFurniture = (line: Line) => {
    const key = keyOf(line);
    // A caption or a table's head may open many pages; a bare number does so only when it counts them.
    const share = key.endsWith(" #") ? 0.1 : 0.4;
    return (seen.get(key) ?? 0) >= Math.max(3, pages.length * share);
  };
  return pages.map((page) => {
    const edges = new Set(edgeLines(page).filter(isFurniture));
    return { ...page, lines: page.lines.filter((line) => !edges.has(line) && !isLeader(line.text)) };
  });
}

/** The highest and the lowest two lines within the outer tenths of a page. */
function edgeLines(page: PageText): Line[] {
  const margin = page.height / 10;
  const byHeight = page.lines.toSorted((one, other) => other.y - one.y);
  return [
    ...byHeight.slice(0, 2).filter((line) => line.y > page.height - margin),
    ...byHeight.slice(-2).filter((line) => line.y < margin),
  ];
}

/** The same place and the same words, numbers aside. */
function keyOf(line: Line): string {
  return `${Math.round(line.y / 3)} ${line.text.replace(/\d+/g, "#").replace(/^[ivxlc]+$/i, "#")}`;
}

function isLeader(text: string): boolean {
  return /(\. ?){6,}\s*\d+$/.test(text);
}
