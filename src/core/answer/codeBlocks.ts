/** The code of a written answer, apart from its prose. */
import type { AnswerBlock } from "../generate/answerCode";
import { createCodeStream } from "./codeStream";

/** The code blocks of an answer, with and without fences, in order; empty ones are left out. */
export function codeBlocks(answer: string): readonly AnswerBlock[] {
  const stream = createCodeStream();
  const blocks: { language?: string; text: string }[] = [];
  for (const part of [...stream.push(answer), ...stream.end()]) {
    if (part.kind !== "code") continue;
    const known = (blocks[part.block] ??= { text: "" });
    known.text += part.text;
    if (part.language !== undefined && part.language !== "") known.language = part.language;
  }
  return blocks.filter(({ text }) => text.trim() !== "");
}
