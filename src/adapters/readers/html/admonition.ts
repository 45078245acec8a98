/** Notes, tips and warnings in the shapes that documentation tools write them. */
import { isTag, type AnyNode, type Element } from "domhandler";
import { plainText } from "./inline";
import { first } from "./select";

const labels = /\b(note|tip|important|warning|caution|danger|info|hint|attention)\b/i;

export interface Admonition {
  /** Capitalised: "Note". */
  readonly label: string;
  readonly content: readonly AnyNode[];
}

export function admonitionOf(element: Element): Admonition | undefined {
  const classes = element.attribs["class"] ?? "";
  if (/\badmonitionblock\b/.test(classes)) return fromAsciidoctor(element, classes);
  if (/\b(admonition|callout|markdown-alert|custom-block)\b/.test(classes)) {
    const label = labels.exec(classes)?.[1];
    if (!label) return undefined;
    return { label: capitalised(label), content: withoutTitle(element.children, label) };
  }
  return undefined;
}

function fromAsciidoctor(element: Element, classes: string): Admonition | undefined {
  const content = first("td.content", element);
  const label = labels.exec(classes)?.[1] ?? "note";
  return content && { label: capitalised(label), content: content.children };
}

/** The title line repeats the label ("Note"); any other title belongs to the text. */
function withoutTitle(nodes: readonly AnyNode[], label: string): readonly AnyNode[] {
  return nodes.filter(
    (node) => !(isTag(node) && plainText([node]).replace(/[:!]$/, "").toLowerCase() === label.toLowerCase()),
  );
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}
