/**
 * Which code of an answer belongs where: the first block of the file's language goes into the file; blocks that name another file, or are
 * plainly configuration or dependencies, go into theirs; what is left is told of, not inserted.
 */
import type { CodeStreamPart } from "../answer/codeStream";
import { nameAbove, nameInside } from "./blockName";

export interface AnswerCode {
  readonly code: string;
  /** Blocks for other places, in order. */
  readonly rest: readonly AnswerBlock[];
}

export interface AnswerBlock {
  /** As fences write it, in its usual name; absent on a fence without one. */
  readonly language?: string;
  /** The file that the answer names for it. */
  readonly name?: string;
  readonly text: string;
}

export interface AnswerCodeCollector {
  push(parts: readonly CodeStreamPart[]): void;
  /** The choice among what has come so far. */
  choose(languageId: string, path: string): AnswerCode;
}

/** As much of the prose above a block as a title can be. */
const rememberedProse = 400;

export function createAnswerCodeCollector(): AnswerCodeCollector {
  const blocks: AnswerBlock[] = [];
  let prose = "";
  return {
    push(parts) {
      for (const part of parts) {
        if (part.kind === "prose") {
          prose = (prose + part.text).slice(-rememberedProse);
          continue;
        }
        const known = blocks[part.block];
        const language = part.language && canonical(part.language);
        const name = known ? known.name : nameAbove(part.info ?? "", prose);
        if (!known) prose = "";
        blocks[part.block] = {
          ...(language && { language }),
          ...(name !== undefined && { name }),
          text: (known?.text ?? "") + part.text,
        };
      }
    },
    choose: (languageId, path) => chooseCode(blocks.map(named), languageOf(languageId, path), path),
  };
}

function named(block: AnswerBlock): AnswerBlock {
  if (block.name !== undefined) return block;
  const { name, code } = nameInside(block.text);
  return name === undefined ? block : { ...block, name, text: code };
}

function chooseCode(blocks: readonly AnswerBlock[], language: string | undefined, path: string): AnswerCode {
  const own = blocks.filter((block) => language !== undefined && block.language === language);
  const unmarked = blocks.filter((block) => block.language === undefined);
  const fitting = own.length > 0 ? own : unmarked.length > 0 ? unmarked : blocks;
  const here = fitting.filter(({ name }) => name === undefined || baseName(name) === baseName(path));
  const candidates = here.length > 0 ? here : fitting.slice(0, 1);
  // Some models give the imports in a block of their own.
  const first = candidates.findIndex((block) => !isImportsOnly(block.text));
  const chosen = candidates.slice(0, first < 0 ? candidates.length : first + 1);
  return {
    code: chosen.map((block) => block.text).join("\n"),
    rest: blocks.filter((block) => !chosen.includes(block)),
  };
}

const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1);

const isImportsOnly = (text: string) =>
  text.split("\n").every((line) => line.trim() === "" || /^\s*(import|package)\s/.test(line));

const aliases: Readonly<Record<string, string>> = {
  kt: "kotlin",
  kts: "kotlin",
  yml: "yaml",
  "spring-boot-properties-yaml": "yaml",
  "spring-boot-properties": "properties",
  "java-properties": "properties",
  ini: "properties",
  pom: "xml",
  gradle: "groovy",
};

const canonical = (language: string) => aliases[language] ?? language;

/** The language of a file as fences write it; undefined where nothing is known and any block will do. */
function languageOf(languageId: string, path: string): string | undefined {
  if (languageId !== "plaintext") return canonical(languageId);
  const extension = /\.(\w+)$/.exec(path)?.[1];
  return extension && canonical(extension.toLowerCase());
}
