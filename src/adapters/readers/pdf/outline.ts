/** Where headings are: from the PDF's outline and its named destinations, whose names are the ids of an Asciidoctor document. */
import type { PdfDocument } from "./openPdf";

export interface HeadingMark {
  readonly page: number;
  /** Top of the heading, in points from the bottom of the page; absent when the outline names the page alone. */
  readonly y?: number;
  /** As the outline says it; absent for a destination that the outline does not list. */
  readonly title?: string;
  /** From 1; absent with the title. */
  readonly level?: number;
  readonly anchor?: string;
}

interface OutlineItem {
  readonly title: string;
  readonly dest: string | unknown[] | null;
  readonly items: readonly OutlineItem[];
}

/** In reading order. Destinations that the outline does not list follow with neither title nor level. */
export async function readHeadingMarks(
  pdf: PdfDocument,
  signal: AbortSignal,
): Promise<readonly HeadingMark[]> {
  // Its type says otherwise, but a PDF without an outline yields null.
  const outline = (await pdf.getOutline()) as readonly OutlineItem[] | null;
  const destinations = (await pdf.getDestinations()) as Readonly<Record<string, unknown[] | null>>;
  signal.throwIfAborted();
  const names = new Map<string, string>();
  for (const [name, target] of Object.entries(destinations)) {
    const key = placeKey(target);
    if (key !== undefined && !names.has(key) && !name.startsWith("__")) names.set(key, name);
  }
  const pages = createPageNumbers(pdf);
  const marks: HeadingMark[] = [];
  const listed = new Set<string>();
  const visit = async (items: readonly OutlineItem[], level: number): Promise<void> => {
    for (const item of items) {
      signal.throwIfAborted();
      const target = typeof item.dest === "string" ? (destinations[item.dest] ?? null) : item.dest;
      const page = await pages(target);
      if (page !== undefined) {
        const anchor = typeof item.dest === "string" ? item.dest : names.get(placeKey(target) ?? "");
        if (anchor !== undefined) listed.add(anchor);
        marks.push({
          page,
          title: item.title,
          level,
          ...yOf(target),
          ...(anchor !== undefined && { anchor }),
        });
      }
      await visit(item.items, level + 1);
    }
  };
  await visit(outline ?? [], 1);
  if (marks.length > 0) {
    for (const [name, target] of Object.entries(destinations)) {
      const page = listed.has(name) || name.startsWith("__") ? undefined : await pages(target);
      if (page !== undefined && "y" in yOf(target)) marks.push({ page, anchor: name, ...yOf(target) });
    }
  }
  return marks.toSorted((one, other) => one.page - other.page || (other.y ?? 1e6) - (one.y ?? 1e6));
}

/** Page numbers by reference; each is asked for once. */
function createPageNumbers(pdf: PdfDocument) {
  const known = new Map<string, Promise<number | undefined>>();
  return (target: readonly unknown[] | null): Promise<number | undefined> => {
    const [reference] = target ?? [];
    if (typeof reference === "number") return Promise.resolve(reference + 1);
    if (!isReference(reference)) return Promise.resolve(undefined);
    const key = `${reference.num} ${reference.gen}`;
    let number = known.get(key);
    if (!number) {
      number = pdf
        .getPageIndex(reference)
        .then((index) => index + 1)
        .catch(() => undefined);
      known.set(key, number);
    }
    return number;
  };
}

function isReference(value: unknown): value is { num: number; gen: number } {
  return typeof value === "object" && value !== null && "num" in value && "gen" in value;
}

function placeKey(target: readonly unknown[] | null): string | undefined {
  const [reference] = target ?? [];
  const y = yOf(target).y;
  return isReference(reference) && y !== undefined ? `${reference.num} ${y.toFixed(1)}` : undefined;
}

/** Of an explicit destination: `[page, /XYZ, left, top, zoom]` or `[page, /FitH, top]`. */
function yOf(target: readonly unknown[] | null): { readonly y?: number } {
  const kind = target?.[1];
  const name = typeof kind === "object" && kind !== null && "name" in kind ? kind.name : undefined;
  const top = name === "XYZ" ? target?.[3] : name === "FitH" || name === "FitBH" ? target?.[2] : undefined;
  return typeof top === "number" ? { y: top } : {};
}
