/**
 * Places YAML mappings into the tree where they belong, so that no key is there twice. Only what changes is edited: every other line
 * stays as it is, with its comments and quotes.
 */
import { isMap, isScalar, parseAllDocuments, type Document, type Node, type Pair, type YAMLMap } from "yaml";
import { dedent, indentOf, unitOf, type IndentUnit } from "./indentation";
import { placeLines } from "./linePlace";
import type { Placement, PlaceRequest } from "./placement";
import { lineEnd, lineStart, type TextEdit } from "./textEdit";
import { configTree, entryLines, valueText, yamlLines, type ConfigNode } from "./yamlTree";

export function placeYaml(request: PlaceRequest): Placement {
  const { text, start, end, code } = request;
  if (start < end || text.trim() === "") return placeLines(request);
  const added = configTree(dedent(code));
  const document = added && documentAt(text, start);
  if (!document || !isMap(document.contents) || document.contents.flow === true) return placeLines(request);
  const unit = unitOf(text) ?? request.unit;
  const file = { text, unit, edits: [] as TextEdit[], notes: [] as string[] };
  mergeInto(document.contents, added, file);
  return { edits: file.edits, notes: file.notes };
}

interface YamlFile {
  readonly text: string;
  readonly unit: IndentUnit;
  readonly edits: TextEdit[];
  readonly notes: string[];
}

type Item = Pair<unknown, Node | null>;

/** The document that the caret is in; where it is at the end, the first one that holds for every profile. */
function documentAt(text: string, caret: number): Document.Parsed | undefined {
  const documents = parseAllDocuments(text, { uniqueKeys: false });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  const holding = documents.find(({ range }) => caret < range[2]);
  const general = documents.find(
    (document) => document.getIn(["spring", "config", "activate"]) === undefined,
  );
  return caret > 0 ? (holding ?? general) : general;
}

function mergeInto(map: YAMLMap, added: readonly ConfigNode[], file: YamlFile): void {
  const items = map.items as readonly Item[];
  const fresh: ConfigNode[] = [];
  for (const node of added) mergeNode(items, node, file, fresh);
  if (fresh.length === 0) return;
  const first = items[0];
  const column = first ? startOf(first) - lineStart(file.text, startOf(first)) : 0;
  const at = endOf(items.at(-1), file.text);
  const lines = yamlLines(fresh, " ".repeat(column), file.unit);
  file.edits.push({ start: at, end: at, text: `\n${lines.join("\n")}` });
}

function mergeNode(items: readonly Item[], node: ConfigNode, file: YamlFile, fresh: ConfigNode[]): void {
  const same = items.find((item) => relaxed(nameOf(item)) === relaxed(node.key));
  if (same) {
    mergeValue(same, node, file);
    return;
  }
  // Keys that the file writes with dots: those below the node are compared one by one, in the file's own way of writing.
  const prefix = `${relaxed(node.key)}.`;
  if (node.value === undefined && items.some((item) => relaxed(nameOf(item)).startsWith(prefix))) {
    for (const child of node.children) {
      const key = `${node.key}.${child.key}`;
      mergeNode(items, { ...child, key, comments: [...node.comments, ...child.comments] }, file, fresh);
    }
    return;
  }
  fresh.push(node);
}

function mergeValue(item: Item, node: ConfigNode, file: YamlFile): void {
  const { text, unit } = file;
  const { value } = item;
  const indent = indentOf(text.slice(lineStart(text, startOf(item))));
  if (isMap(value) && node.value === undefined && value.flow !== true) {
    mergeInto(value, node.children, file);
    return;
  }
  const after =
    node.value === undefined
      ? nestedText(node, indent, unit)
      : inQuotesOf(value, valueText(node.value, indent, unit));
  const start = text.indexOf(":", keyOf(item).range?.[1] ?? 0) + 1;
  const end = value?.range ? text.slice(0, value.range[1]).trimEnd().length : start;
  if (value?.anchor !== undefined || (isMap(value) && value.flow === true)) {
    file.notes.push(`${nameOf(item)} is written in a way that is left alone: compare it with the answer.`);
    return;
  }
  if (text.slice(start, Math.max(start, end)).trim() === withoutComment(after)) return;
  const replaced = Math.max(start, end);
  const keepsComment = !after.includes("\n") && text.slice(replaced, lineEnd(text, replaced)).trim() !== "";
  file.edits.push({ start, end: replaced, text: keepsComment ? ` ${withoutComment(after)}` : after });
}

const nestedText = (node: ConfigNode, indent: string, unit: IndentUnit) =>
  entryLines(node, indent, unit)
    .join("\n")
    .slice(indent.length + node.key.length + 1);

/** A plain text that takes the place of a quoted one is quoted the same way. */
function inQuotesOf(before: Node | null, after: string): string {
  const word = withoutComment(after);
  if (!isScalar(before) || !/^[\w./:-]+$/.test(word)) return after;
  const quote = before.type === "QUOTE_DOUBLE" ? '"' : before.type === "QUOTE_SINGLE" ? "'" : "";
  return after.replace(word, quote + word + quote);
}

/** A value on one line without the comment behind it. */
const withoutComment = (value: string) =>
  value.includes("\n") ? value.trim() : value.trim().replace(/\s+#.*$/, "");

/** Spring reads `data-source`, `dataSource` and `data_source` alike. */
const relaxed = (key: string) => key.toLowerCase().replaceAll(/[-_]/g, "");

const keyOf = (item: Item) => item.key as Node;
const startOf = (item: Item) => keyOf(item).range?.[0] ?? 0;

function nameOf(item: Item): string {
  const key = keyOf(item);
  return isScalar(key) ? String(key.value) : "";
}

/** The end of the last line of an entry, with the comment that stands there. */
function endOf(item: Item | undefined, text: string): number {
  if (!item) return text.trimEnd().length;
  const { value } = item;
  const key = keyOf(item).range?.[1] ?? 0;
  const inner = isMap(value) && value.flow !== true ? (value.items.at(-1) as Item | undefined) : undefined;
  if (inner) return endOf(inner, text);
  const end = value?.range ? value.range[1] : text.indexOf(":", key) + 1;
  return lineEnd(text, Math.max(key, text.slice(0, end).trimEnd().length));
}
