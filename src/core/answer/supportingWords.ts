/** Where in a passage a sentence of the answer finds its support. */
import { preparePassage, supportScores } from "./support";

/** A range of a text, in UTF-16 code units, end exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Below it two texts merely share small words. */
const leastSupport = 0.15;

/** The sentence or line of a text that supports the given one best; undefined when none does. */
export function supportingWords(sentence: string, text: string): TextRange | undefined {
  const parts = partsOf(text);
  const scores = supportScores({
    text: sentence,
    passages: parts.map(({ start, end }) => preparePassage(text.slice(start, end))),
  });
  const best = scores.reduce((at, score, index) => (score > (scores[at] ?? 0) ? index : at), 0);
  return (scores[best] ?? 0) >= leastSupport ? parts[best] : undefined;
}

/** Lines, cut again where a sentence ends, without the blanks around them. */
function partsOf(text: string): readonly TextRange[] {
  const parts: TextRange[] = [];
  let from = 0;
  const add = (to: number) => {
    const part = text.slice(from, to);
    const start = from + (part.length - part.trimStart().length);
    const end = start + part.trim().length;
    if (end > start) parts.push({ start, end });
  };
  for (const match of text.matchAll(/\n|(?<=[.!?:])\s+(?=[A-Z`"(])/g)) {
    add(match.index);
    from = match.index + match[0].length;
  }
  add(text.length);
  return parts;
}
