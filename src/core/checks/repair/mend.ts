/** Applies what findings can mend without a doubt. Pure: texts in, texts out; whoever asks checks them again. */
import { mergeImports } from "../../generate/imports";
import { headerOf } from "../../generate/jvmSource";
import { applyEdits, inOrder, type TextEdit } from "../../generate/textEdit";
import type { FileFindings, Finding } from "../finding";

export interface CheckedText {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** One thing that was mended. */
export interface Mended {
  readonly path: string;
  readonly rule: string;
  /** What the finding said. */
  readonly message: string;
  /** What was done, an imperative: "Use `jakarta.persistence.Entity`". */
  readonly title: string;
}

export interface Mending {
  /** All files, mended or not, in the order given. */
  readonly files: readonly CheckedText[];
  readonly done: readonly Mended[];
}

/** Fixes that would touch the same place as an earlier one wait for the next look. */
export function mend(files: readonly CheckedText[], findings: readonly FileFindings[]): Mending {
  const done: Mended[] = [];
  const mended = files.map(({ path, text }) => {
    const own = findings.find((each) => each.path === path)?.findings ?? [];
    const taken: TextEdit[] = [];
    for (const { fix, rule, message } of own) {
      if (!fix || isImport(rule) || !fits(fix.edits, taken)) continue;
      taken.push(...fix.edits);
      done.push({ path, rule, message, title: fix.title });
    }
    const imports = own.filter(({ rule, fix }) => isImport(rule) && fix);
    const merged = mergeImports(headerOf(text), imports.flatMap(importLines), false).edits;
    if (imports.length > 0 && fits(merged, taken)) {
      taken.push(...merged);
      const titles = new Set<string>();
      for (const { rule, message, fix } of imports) {
        if (!fix || titles.has(fix.title)) continue;
        titles.add(fix.title);
        done.push({ path, rule, message, title: fix.title });
      }
    }
    return { path, text: applyEdits(text, taken) };
  });
  return { files: mended, done };
}

/** Several imports go into one block: each by itself would open one of its own. */
const isImport = (rule: string) => rule === "missing-import";

const importLines = ({ fix }: Finding): readonly string[] =>
  (fix?.edits ?? []).flatMap(({ text }) => [...text.matchAll(/^import [\w.]+;$/gm)].map(([line]) => line));

/** True when the edits overlap neither one another nor those that are taken; the same edit twice overlaps. */
function fits(edits: readonly TextEdit[], taken: readonly TextEdit[]): boolean {
  const all = inOrder([...taken, ...edits]);
  return all.every((edit, index) => {
    const before = all[index - 1];
    if (!before) return true;
    const isTwin = before.start === edit.start && before.end === edit.end && before.text === edit.text;
    return !isTwin && before.end <= edit.start;
  });
}

/** Errors and warnings; less is better. */
export function weightOf(findings: readonly FileFindings[]): number {
  return findings
    .flatMap((file) => file.findings)
    .reduce((sum, { level }) => sum + (level === "error" ? 1 : level === "warning" ? 0.1 : 0), 0);
}
