/** Collects headings and blocks in reading order into sections. */
import type { Block, Section } from "../../core/document/section";

export interface Heading {
  /** 1 is the outermost; gaps are allowed. */
  readonly level: number;
  /** As it stands in the document; numbers are removed here. */
  readonly text: string;
  readonly anchor?: string | undefined;
  readonly page?: number | undefined;
}

export interface SectionBuilder {
  heading(heading: Heading): void;
  add(...blocks: readonly Block[]): void;
  /** Sections that hold blocks; a heading with nothing but further headings below it lives on in their paths. */
  finish(): readonly Section[];
}

/** @param title heading of what stands before the first heading */
export function createSectionBuilder(title: string): SectionBuilder {
  const sections: Section[] = [];
  let open: { level: number; text: string }[] = [];
  let current: { headingPath: readonly string[]; anchor?: string; page?: number; blocks: Block[] } = {
    headingPath: title ? [title] : [],
    blocks: [],
  };
  const close = () => {
    if (current.blocks.length > 0) sections.push(current);
  };
  return {
    heading({ level, text, anchor, page }) {
      close();
      open = [...open.filter((outer) => outer.level < level), { level, text: withoutNumber(text) }];
      current = {
        headingPath: open.map((heading) => heading.text),
        ...(anchor !== undefined && anchor !== "" && { anchor }),
        ...(page !== undefined && { page }),
        blocks: [],
      };
    },
    add(...blocks) {
      current.blocks.push(...blocks);
    },
    finish() {
      close();
      current = { headingPath: [], blocks: [] };
      return sections;
    },
  };
}

/**
 * A heading without its number: "8.3. Graceful Shutdown", "Chapter 8. Web", "Appendix A: Properties", "A.1. Core". A year or a version at
 * the start ("3.2 Release Notes", "2024 in review") is no number of a heading.
 */
export function withoutNumber(heading: string): string {
  const text = heading.replace(/\s+/g, " ").trim();
  const bare = text
    .replace(/^(Chapter|Part|Appendix|Section) ([0-9]+|[A-Z]|[IVXLC]+)(\.|:| [-–—])\s+/, "")
    .replace(/^(\d{1,3}|[A-Z])(\.\d{1,3})*\.\s+/, "");
  return bare === "" ? text : bare;
}
