/** The files that an answer consists of, as far as they can be judged by themselves. */
import { languageOf } from "../checks/check";
import type { AnswerBlock } from "../generate/answerCode";
import { withoutComments } from "../generate/jvmSource";
import { fileTypeName, splitPublicTypes } from "../generate/publicTypes";
import { codeBlocks } from "./codeBlocks";

export interface AnswerFile {
  /** A name, without a folder. */
  readonly name: string;
  readonly text: string;
}

/** What of the answer is for a file of that name: blocks of its language, else blocks of no language. */
export function filesFor(file: string, answer: string): readonly AnswerFile[] {
  const wanted = languageOf(file);
  const blocks = codeBlocks(answer);
  const own = blocks.filter(({ language }) => language !== undefined && isOf(language, wanted));
  const chosen = own.length > 0 ? own : blocks.filter(({ language }) => language === undefined);
  if (wanted === "java") return chosen.flatMap(({ text }) => javaFiles(text));
  const text = chosen.map((block) => block.text).join("\n");
  return text.trim() === "" ? [] : [{ name: nameFor(file, chosen), text }];
}

/** Blocks that are whole files: Java with a type of its own, and configuration. A method or a few lines are none. */
export function wholeFiles(answer: string): readonly AnswerFile[] {
  return codeBlocks(answer).flatMap(({ language = "", text }, index) => {
    if (language === "java") return fileTypeName(text) === undefined ? [] : javaFiles(text);
    if (!isConfiguration(language)) return [];
    return [{ name: `application-${index}.${/^ya?ml$/.test(language) ? "yaml" : "properties"}`, text }];
  });
}

function isOf(language: string, wanted: string): boolean {
  // A model may answer a question for configuration in either of the two forms; the file's name follows it.
  return wanted === "java" ? language === "java" : isConfiguration(language);
}

function isConfiguration(language: string): boolean {
  return /^(?:ya?ml|(?:[\w-]*-)?properties|ini)$/.test(language);
}

function nameFor(file: string, [first]: readonly AnswerBlock[]): string {
  const language = first?.language ?? "";
  if (/^ya?ml$/.test(language)) return file.replace(/\.\w+$/, ".yaml");
  return language === "" ? file : file.replace(/\.\w+$/, ".properties");
}

/** A block may hold several public types, which the editor puts into files of their own. */
function javaFiles(code: string): readonly AnswerFile[] {
  const packageLine = /^\s*package\s+[\w.]+\s*;/m.exec(withoutComments(code))?.[0].trim() ?? "";
  const stays = fileTypeName(code);
  const { rest, files } = splitPublicTypes(code, (name) => name === stays);
  return [
    { name: `${stays ?? "Answer"}.java`, text: rest },
    ...files.map(({ name, code: text }) => ({ name: `${name}.java`, text: `${packageLine}\n\n${text}` })),
  ];
}
