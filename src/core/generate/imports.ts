/** Merges the imports of generated code into a file: each once, in order, with the block where the file has it. */
import type { TextEdit } from "./textEdit";
import type { JvmHeader } from "./jvmSource";

export interface ImportMerge {
  readonly edits: readonly TextEdit[];
  /** What could not be merged, one sentence each. */
  readonly notes: readonly string[];
}

/** Edits that add the wanted import lines to a text with that header. `kotlin` lines end without a semicolon. */
export function mergeImports(header: JvmHeader, wanted: readonly string[], kotlin: boolean): ImportMerge {
  const existing = header.imports.map((line) => keyOf(line.text));
  const notes: string[] = [];
  const missing: string[] = [];
  for (const line of wanted) {
    const key = keyOf(line);
    if (existing.includes(key) || missing.includes(key) || existing.includes(wildcardOf(key))) continue;
    const rival = existing.find((other) => isSingle(other) && isSingle(key) && nameOf(other) === nameOf(key));
    if (rival === undefined) missing.push(key);
    else notes.push(`The import of ${key} is left out: the file imports ${rival}.`);
  }
  const written = (key: string) => `import ${key}${kotlin ? "" : ";"}`;
  if (missing.length === 0) return { edits: [], notes };
  if (header.imports.length === 0) return { edits: [newBlock(header, missing, written)], notes };

  const byOffset = new Map<number, { after: string[]; before: string[] }>();
  for (const key of [...missing].sort(compareImports)) {
    const { offset, side } = slotOf(header, key);
    const slot = byOffset.get(offset) ?? { after: [], before: [] };
    slot[side].push(written(key));
    byOffset.set(offset, slot);
  }
  const edits = [...byOffset].map(([offset, { after, before }]) => ({
    start: offset,
    end: offset,
    text: after.map((line) => `\n${line}`).join("") + before.map((line) => `${line}\n`).join(""),
  }));
  return { edits, notes };
}

/** Import lines in the order in which a new block has them: plain ones first, then static ones after a blank line. */
export function importBlock(lines: readonly string[], kotlin: boolean): string {
  const keys = [...new Set(lines.map(keyOf))].sort(compareImports);
  const written = (key: string) => `import ${key}${kotlin ? "" : ";"}`;
  const parts = [keys.filter((key) => !isStatic(key)), keys.filter(isStatic)];
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.map(written).join("\n"))
    .join("\n\n");
}

/** Those existing import lines that code still uses and does not bring itself. */
export function importsStillUsed(
  existing: readonly string[],
  wanted: readonly string[],
  code: string,
): readonly string[] {
  const brought = new Set(wanted.map(keyOf).filter(isSingle).map(nameOf));
  return existing.filter((line) => {
    const key = keyOf(line);
    if (!isSingle(key)) return false;
    return !brought.has(nameOf(key)) && new RegExp(`\\b${nameOf(key)}\\b`).test(code);
  });
}

function newBlock(header: JvmHeader, keys: readonly string[], written: (key: string) => string): TextEdit {
  const kotlin = !written("x").endsWith(";");
  const block = importBlock(keys.map(written), kotlin);
  const at = header.packageLine?.end ?? 0;
  return { start: at, end: at, text: header.packageLine ? `\n\n${block}` : `${block}\n\n` };
}

/** Before the first import of its kind that sorts after it, if one of the same root comes; else after the last one of its root or kind. */
function slotOf(header: JvmHeader, key: string): { offset: number; side: "after" | "before" } {
  const kin = header.imports.filter((line) => isStatic(keyOf(line.text)) === isStatic(key));
  const family = kin.filter((line) => rootOf(keyOf(line.text)) === rootOf(key));
  const next = family.find((line) => compareImports(keyOf(line.text), key) > 0);
  if (next) return { offset: next.start, side: "before" };
  const last = family.at(-1) ?? kin.at(-1) ?? header.imports.at(-1);
  return { offset: last?.end ?? 0, side: "after" };
}

const keyOf = (line: string) =>
  line
    .trim()
    .replace(/^import\s+/, "")
    .replace(/\s*;?\s*$/, "")
    .replace(/\s+/g, " ");
const isStatic = (key: string) => key.startsWith("static ");
const isSingle = (key: string) => !isStatic(key) && !key.endsWith("*");
const nameOf = (key: string) => / as (\w+)$/.exec(key)?.[1] ?? key.slice(key.lastIndexOf(".") + 1);
const rootOf = (key: string) => key.replace(/^static /, "").split(".")[0] ?? "";
const wildcardOf = (key: string) => key.replace(/\.[^.]+$/, ".*");

function compareImports(left: string, right: string): number {
  if (isStatic(left) !== isStatic(right)) return isStatic(left) ? 1 : -1;
  return left < right ? -1 : left > right ? 1 : 0;
}
