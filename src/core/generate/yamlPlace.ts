/**
 * Places YAML mappings into the tree where they belong, so that no key is there twice. It works on lines and keeps every other line as it
 * is, with comments and quotes; lists and block texts are values that are taken or replaced as a whole.
 */
import { dedent, indentOf, indentText, reindent, unitOf, type IndentUnit } from "./indentation";
import { placeLines } from "./linePlace";
import type { Placement, PlaceRequest } from "./placement";
import type { TextEdit } from "./textEdit";

export function placeYaml(request: PlaceRequest): Placement {
  const { text, start, end, code } = request;
  const added = dedent(code);
  if (start < end || text.trim() === "" || !isMapping(added) || !isMapping(text)) {
    return placeLines(request);
  }
  const unit = unitOf(text) ?? request.unit;
  const edits = mergeInto(linesOf(text), linesOf(added), {
    text,
    indent: "",
    end: text.trimEnd().length,
    unit,
  });
  return { edits, notes: [] };
}

interface Line {
  readonly text: string;
  /** Offset in its text. */
  readonly start: number;
}

interface Entry {
  readonly key: string;
  readonly lines: readonly Line[];
  /** True for a key whose value is a mapping below it. */
  readonly isMapping: boolean;
}

interface Target {
  readonly text: string;
  readonly indent: string;
  /** Offset after the last entry of the mapping. */
  readonly end: number;
  readonly unit: IndentUnit;
}

function mergeInto(existing: readonly Line[], added: readonly Line[], target: Target): readonly TextEdit[] {
  const before = entriesOf(existing);
  const edits: TextEdit[] = [];
  const fresh: string[] = [];
  for (const entry of entriesOf(added)) {
    const same = before.find(({ key }) => key === entry.key);
    const content = entry.lines.map((line) => line.text).join("\n");
    if (!same) fresh.push(reindent(content, target.indent, target.unit));
    else if (same.isMapping && entry.isMapping) {
      const below = same.lines.slice(1);
      const first = below.find((line) => isWords(line.text));
      const indent = first ? indentOf(first.text) : target.indent + indentText(target.unit);
      edits.push(...mergeInto(below, entry.lines.slice(1), { ...target, indent, end: endOf(same) }));
    } else {
      const start = same.lines[0]?.start ?? target.end;
      edits.push({ start, end: endOf(same), text: reindent(content, target.indent, target.unit) });
    }
  }
  if (fresh.length > 0) edits.push({ start: target.end, end: target.end, text: `\n${fresh.join("\n")}` });
  return edits;
}

/** The entries of the outermost mapping of these lines. */
function entriesOf(lines: readonly Line[]): readonly Entry[] {
  const outer = Math.min(
    ...lines.filter((line) => isWords(line.text)).map((line) => indentOf(line.text).length),
  );
  const starts = lines.flatMap((line, index) => {
    const isKey = indentOf(line.text).length === outer && keyOf(line.text) !== undefined;
    return isKey ? [index] : [];
  });
  return starts.map((from, index) => {
    const own = lines.slice(from, starts[index + 1] ?? lines.length);
    const first = own[0]?.text ?? "";
    const below = own.slice(1).find((line) => isWords(line.text));
    const isEmpty = /:\s*(#.*)?$/.test(first);
    return {
      key: keyOf(first) ?? "",
      lines: own,
      isMapping: isEmpty && below !== undefined && keyOf(below.text) !== undefined,
    };
  });
}

function keyOf(line: string): string | undefined {
  const match = /^\s*(?:"([^"]+)"|'([^']+)'|([^\s#"'-][^:#]*?))\s*:(?:\s|$)/.exec(line);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

const isWords = (line: string) => line.trim() !== "" && !line.trim().startsWith("#");

/** After the last line that is neither blank nor a comment: comments below belong to what follows. */
function endOf({ lines }: Entry): number {
  const last = lines.findLast((line) => isWords(line.text));
  return last ? last.start + last.text.length : 0;
}

function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split("\n").map((line) => {
    const at = start;
    start += line.length + 1;
    return { text: line, start: at };
  });
}

/** Only keys at the outermost level: a list, a flow mapping or several documents are left to their lines. */
function isMapping(text: string): boolean {
  const outer = linesOf(text).filter((line) => isWords(line.text) && indentOf(line.text) === "");
  return outer.length > 0 && outer.every((line) => keyOf(line.text) !== undefined);
}
