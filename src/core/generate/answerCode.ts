/** Which code of an answer belongs in the file: the first block of the file's language; the other blocks are told of, not inserted. */
import type { CodeStreamPart } from "../answer/codeStream";

export interface AnswerCode {
  readonly code: string;
  /** Blocks that are not inserted, by language. */
  readonly others: readonly string[];
}

interface Block {
  readonly language?: string;
  readonly text: string;
}

export interface AnswerCodeCollector {
  push(parts: readonly CodeStreamPart[]): void;
  /** The choice among what has come so far. */
  choose(languageId: string, path: string): AnswerCode;
}

export function createAnswerCodeCollector(): AnswerCodeCollector {
  const blocks: Block[] = [];
  return {
    push(parts) {
      for (const part of parts) {
        if (part.kind === "prose") continue;
        const { text = "" } = blocks[part.block] ?? {};
        blocks[part.block] = { ...(part.language && { language: part.language }), text: text + part.text };
      }
    },
    choose: (languageId, path) => chooseCode(blocks, languageOf(languageId, path)),
  };
}

function chooseCode(blocks: readonly Block[], language: string | undefined): AnswerCode {
  const fits = (block: Block) =>
    language !== undefined && block.language !== undefined && canonical(block.language) === language;
  const own = blocks.filter(fits);
  const unmarked = blocks.filter((block) => block.language === undefined);
  const candidates = own.length > 0 ? own : unmarked.length > 0 ? unmarked : blocks;
  // Some models give the imports in a block of their own.
  const first = candidates.findIndex((block) => !isImportsOnly(block.text));
  const chosen = candidates.slice(0, first < 0 ? candidates.length : first + 1);
  return {
    code: chosen.map((block) => block.text).join("\n"),
    others: blocks.filter((block) => !chosen.includes(block)).map((block) => block.language ?? "text"),
  };
}

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
