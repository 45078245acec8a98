/** Configuration as a tree of keys, read from YAML or from properties, and written into YAML. */
import { isMap, isScalar, parse, parseDocument, stringify, type Node, type Pair } from "yaml";
import { dedent, indentText, type IndentUnit } from "./indentation";

export interface ConfigNode {
  readonly key: string;
  /** Comment lines above the key, with their marks. */
  readonly comments: readonly string[];
  readonly children: readonly ConfigNode[];
  /** What stands after the colon, when it is no mapping: a scalar, a list, a block text; the first line is the key's own. */
  readonly value?: string;
}

/** The tree of a YAML mapping; keys with dots become levels. Undefined for anything else and for what is not YAML. */
export function configTree(yaml: string): readonly ConfigNode[] | undefined {
  const document = parseDocument(yaml, { uniqueKeys: false });
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  return merged(nodesOf(document.contents.items, yaml));
}

/** The tree of properties lines; a value is quoted where YAML would read it as something else. */
export function treeOfProperties(
  entries: readonly (readonly [key: string, value: string])[],
): readonly ConfigNode[] {
  return merged(
    entries.map(([key, value]) =>
      nested(key.split("."), { comments: [], children: [], value: yamlScalar(value) }),
    ),
  );
}

/** Lines of nodes at an indentation. */
export function yamlLines(nodes: readonly ConfigNode[], indent: string, unit: IndentUnit): readonly string[] {
  return nodes.flatMap((node) => [
    ...node.comments.map((line) => indent + line),
    ...entryLines(node, indent, unit),
  ]);
}

/** A key and its value, without the comments above it. */
export function entryLines(node: ConfigNode, indent: string, unit: IndentUnit): readonly string[] {
  const { key, children, value } = node;
  if (value === undefined)
    return [`${indent}${key}:`, ...yamlLines(children, indent + indentText(unit), unit)];
  return `${indent}${key}:${valueText(value, indent, unit)}`.split("\n");
}

/** What follows the colon of a key at that indentation. */
export function valueText(value: string, indent: string, unit: IndentUnit): string {
  const [first = "", ...rest] = value.split("\n");
  const below = rest.length === 0 ? "" : dedent(rest.join("\n"));
  const lines =
    below === ""
      ? []
      : below.split("\n").map((line) => (line === "" ? "" : indent + indentText(unit) + line));
  return [first.trim() === "" ? "" : ` ${first.trim()}`, ...lines].join("\n");
}

/** Whole property names and their values, lists by position. */
export function flatten(yaml: string): readonly (readonly [key: string, value: string])[] {
  const walk = (value: unknown, path: string): readonly (readonly [string, string])[] => {
    if (Array.isArray(value)) return value.flatMap((item, index) => walk(item, `${path}[${index}]`));
    if (typeof value === "object" && value !== null) {
      return Object.entries(value).flatMap(([key, inner]) =>
        walk(inner, path === "" ? key : `${path}.${key}`),
      );
    }
    const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    return [[path, isPlain ? String(value) : ""]];
  };
  try {
    return walk(parse(yaml, { uniqueKeys: false }), "");
  } catch {
    return [];
  }
}

function nodesOf(items: readonly Pair<unknown, Node | null>[], source: string): readonly ConfigNode[] {
  return items.map(({ key, value }) => {
    const keyNode = key as Node;
    const name = isScalar(keyNode)
      ? String(keyNode.value)
      : source.slice(keyNode.range?.[0], keyNode.range?.[1]);
    const comments = (keyNode.commentBefore ?? "")
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => `#${line}`);
    const written = source.slice(keyNode.range?.[0] ?? 0, keyNode.range?.[1] ?? 0);
    const path = /^["']/.test(written) ? [written] : name.split(".");
    if (isMap(value) && value.flow !== true && value.items.length > 0 && value.anchor === undefined) {
      const inner = nodesOf(value.items as readonly Pair<unknown, Node | null>[], source);
      return nested(path, { comments, children: inner });
    }
    const colon = source.indexOf(":", keyNode.range?.[1] ?? 0) + 1;
    const end = value?.range ? lineEndOf(source, value.range[1]) : lineEndOf(source, colon);
    return nested(path, { comments, children: [], value: source.slice(colon, end).trimEnd() });
  });
}

/** The end of the value's last line, with the comment that stands there. */
function lineEndOf(source: string, end: number): number {
  const last = source.slice(0, end).trimEnd().length;
  const newline = source.indexOf("\n", last);
  return newline < 0 ? source.length : newline;
}

function nested(path: readonly string[], leaf: Omit<ConfigNode, "key">): ConfigNode {
  const [key = "", ...rest] = path;
  if (rest.length === 0) return { key, ...leaf };
  return { key, comments: [], children: [nested(rest, leaf)] };
}

/** Siblings of one name become one. */
function merged(nodes: readonly ConfigNode[]): readonly ConfigNode[] {
  const byKey = new Map<string, ConfigNode>();
  for (const node of nodes) {
    const same = byKey.get(node.key);
    const joins = same?.value === undefined && node.value === undefined;
    byKey.set(
      node.key,
      same && joins
        ? {
            ...same,
            comments: [...same.comments, ...node.comments],
            children: [...same.children, ...node.children],
          }
        : node,
    );
  }
  return [...byKey.values()].map((node) =>
    node.value === undefined ? { ...node, children: merged(node.children) } : node,
  );
}

function yamlScalar(value: string): string {
  try {
    const read: unknown = parse(value);
    if ((typeof read !== "object" || read === null) && String(read) === value) return value;
  } catch {
    // not a plain scalar, so it is quoted
  }
  return value === "" ? '""' : stringify(value, { lineWidth: 0 }).trimEnd();
}
