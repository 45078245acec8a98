import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Document,
  type Node,
  type Pair,
} from "yaml";
import { activationOf } from "./propertiesFileUses";
import { profileOfFile, type PropertyUse, type UsesOf } from "./propertyUse";

/** The leaves of a YAML file's documents, by their whole names; a leaf's place is that of its own key. */
export const yamlFileUses: UsesOf = ({ path, text }) => {
  const fileProfile = profileOfFile(path);
  const documents = parseAllDocuments(text, { uniqueKeys: false, merge: true });
  return Array.from(documents as Iterable<Document.Parsed>).flatMap((document) => {
    const uses = document.contents ? leavesOf(document.contents, "", undefined, document, 0) : [];
    const profile = activationOf(uses) ?? fileProfile;
    return profile === undefined ? uses : uses.map((use) => ({ ...use, profile }));
  });
};

/** Depth of nesting beyond which nothing is read: a file of nothing but brackets is no configuration. */
const deepest = 40;

interface KeySpan {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
}

function leavesOf(
  node: Node,
  name: string,
  key: KeySpan | undefined,
  document: Document.Parsed,
  depth: number,
): readonly PropertyUse[] {
  if (depth > deepest) return [];
  if (isAlias(node)) {
    const target = node.resolve(document);
    // An alias repeats what is checked at its anchor, under another name.
    return target && key ? leavesOf(target, name, key, document, depth + 1) : [];
  }
  if (isMap(node)) return node.items.flatMap((pair) => pairLeaves(pair, name, document, depth));
  if (isSeq(node) && node.items.some((item) => isMap(item))) {
    return node.items.flatMap((item, index) =>
      leavesOf(item as Node, `${name}[${index}]`, key, document, depth + 1),
    );
  }
  if (!key) return [];
  const { start, end } = key;
  const [valueStart, valueEnd] = node.range ?? [end, end];
  return [
    {
      name,
      start,
      end,
      ...(isScalar(node) && {
        value: { text: scalarText(node.value, node.source), start: valueStart, end: valueEnd },
      }),
      style: "file",
      isWhole: key.depth === 0,
    },
  ];
}

function pairLeaves(pair: Pair, name: string, document: Document.Parsed, depth: number) {
  const { key, value } = pair as Pair<Node, Node | null>;
  if (!isScalar(key) || !key.range) return [];
  const text = String(key.value);
  if (text === "<<") return [];
  const path = name === "" ? text : text.startsWith("[") ? `${name}${text}` : `${name}.${text}`;
  const span = { start: key.range[0], end: key.range[1], depth };
  if (value !== null) return leavesOf(value, path, span, document, depth + 1);
  return [{ name: path, start: span.start, end: span.end, style: "file" as const, isWhole: depth === 0 }];
}

const scalarText = (value: unknown, source: string | undefined) =>
  source ?? (typeof value === "string" ? value : JSON.stringify(value ?? ""));
