import type { IndexedSet } from "./indexedSet";

/** Markdown of the whole section that a passage stands in: its passages in reading order, the heading path once. */
export function sectionText({ source, sections }: IndexedSet, position: number): string {
  const key = sections[position];
  const chunks = source.chunks.filter((_, at) => sections[at] === key);
  const headingPath = commonStart(chunks.map((chunk) => chunk.headingPath));
  const bodies = chunks.map(({ text, headingPath: own }) => {
    const firstLine = text.slice(0, text.indexOf("\n") + 1);
    const extra = own.slice(headingPath.length).join(" > ");
    const body =
      firstLine.trim() !== "" && own.join(" > ").endsWith(firstLine.trim())
        ? text.slice(firstLine.length).trimStart()
        : text;
    return extra === "" ? body : `**${extra}**\n\n${body}`;
  });
  return [`# ${headingPath.join(" > ")}`, ...bodies].join("\n\n");
}

function commonStart(paths: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = paths;
  const differing = first.findIndex((part, index) => others.some((path) => path[index] !== part));
  return differing < 0 ? first : first.slice(0, differing);
}
