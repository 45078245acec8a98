/** Whether an answer to a task is right: all that it has to use is there, it compiles, and no check finds anything. */
import { parse as parseProperties } from "dot-properties";
import type { AnswerFile } from "../answer/answerFiles";
import { languageOf } from "../checks/check";
import type { CheckReport } from "../checks/checkReport";
import { withoutComments } from "../generate/jvmSource";
import { flatten } from "../generate/yamlTree";
import type { Task } from "./task";

/** What the task expects and the files do not use. */
export function missingSymbols(
  { expects }: Pick<Task, "expects">,
  files: readonly AnswerFile[],
): readonly string[] {
  const properties = new Set(files.flatMap(propertyNames));
  const code = files.map(({ text }) => withoutComments(text)).join("\n");
  const isUsed = (symbol: string) => properties.has(symbol) || isWordOf(code, symbol);
  const isFile = files.some(({ name }) => languageOf(name) !== "java");
  return expects.filter((expected) => {
    const ways = expected.split("|");
    return !ways.some(isFile ? (symbol) => properties.has(symbol) : isUsed);
  });
}

function propertyNames({ name, text }: AnswerFile): readonly string[] {
  if (languageOf(name) === "yaml") return flatten(text).map(([key]) => key);
  return languageOf(name) === "properties" ? Object.keys(parseProperties(text)) : [];
}

function isWordOf(code: string, symbol: string): boolean {
  const escaped = symbol.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  const before = /^\w/.test(symbol) ? "(?<![\\w@])" : "";
  const after = /\w$/.test(symbol) ? "(?!\\w)" : "";
  return new RegExp(`${before}${escaped}${after}`).test(code);
}

export type TaskLabel =
  | { readonly kind: "right" }
  | { readonly kind: "wrong"; readonly why: string }
  /** Nothing can be said, because something could not be checked. */
  | { readonly kind: "unknown"; readonly why: string };

/** The label by what the checks said of the files, whose paths are `paths`. */
export function labelOf(
  task: Pick<Task, "expects">,
  files: readonly AnswerFile[],
  report: Pick<CheckReport, "files" | "notChecked">,
  paths: readonly string[],
): TaskLabel {
  if (files.length === 0)
    return { kind: "wrong", why: "there is no code of the language that was asked for" };
  const findings = report.files
    .filter(({ path }) => paths.includes(path))
    .flatMap((file) => file.findings)
    .filter(({ level }) => level !== "info");
  const [first] = findings;
  if (first) return { kind: "wrong", why: first.message };
  const [missing] = missingSymbols(task, files);
  if (missing !== undefined) return { kind: "wrong", why: `${missing} is not used` };
  const open = report.notChecked.find(({ path }) => path === undefined || paths.includes(path));
  return open ? { kind: "unknown", why: open.why } : { kind: "right" };
}
