import type { Passage } from "../search/passage";
import type { SentenceCitation } from "./answer";
import { answerUnits, type AnswerUnit } from "./sentences";
import { codeSupportScores } from "./codeSupport";
import { preparePassage, supportScores } from "./support";
import { identifiersOf } from "../search/terms";

/** A sentence that reaches it with a passage cites the passage; measured by `test/eval/citations.mjs` on labelled pairs. */
export const citationThreshold = 0.55;
/** The same for a block of code. */
export const codeCitationThreshold = 0.4;

/** The most passages that one sentence cites, and how near the others must be to the best. */
const mostCitations = 3;
const nearBest = 0.9;

export interface CiteProps {
  readonly text: string;
  /** In the order of their numbers: position 0 is [1]. */
  readonly passages: readonly Pick<Passage, "text">[];
  /** Code that the person brought: its own names need no support. */
  readonly ownCode?: string;
  /** Instead of {@link citationThreshold}, to measure it. */
  readonly threshold?: number;
  readonly codeThreshold?: number;
}

export interface CitedAnswer {
  /** The answer without the model's own marks. */
  readonly text: string;
  readonly citations: readonly SentenceCitation[];
  /** Sentences for which the model named passages that do not support them, where no other does either; absent when there are none. */
  readonly doubtful?: readonly SentenceCitation[];
}

/**
 * Attaches passages to the sentences and code blocks that they support. Marks that the model wrote are taken out; one is kept as a
 * citation when its passage passes the same test as every other, and told of as doubtful when nothing supports its sentence.
 */
export function citeAnswer({
  text,
  passages,
  ownCode = "",
  threshold: sentenceThreshold = citationThreshold,
  codeThreshold = codeCitationThreshold,
}: CiteProps): CitedAnswer {
  const { clean, marks } = withoutMarks(text, passages.length);
  if (passages.length === 0) return { text: clean, citations: [] };
  const prepared = passages.map((passage) => preparePassage(passage.text));
  const known = new Set(identifiersOf(ownCode));

  const citations: SentenceCitation[] = [];
  const doubtful: SentenceCitation[] = [];
  for (const unit of answerUnits(clean)) {
    const { start, end, kind } = unit;
    const part = clean.slice(start, end);
    const scores =
      kind === "code"
        ? codeSupportScores(part, prepared)
        : supportScores({ text: part, passages: prepared, known });
    const threshold = kind === "code" ? codeThreshold : sentenceThreshold;
    const ranked = scores
      .map((score, position) => ({ score, position }))
      .filter(({ score }) => score >= threshold)
      .sort((left, right) => right.score - left.score);
    const best = ranked[0]?.score ?? 0;
    const named = namedIn(unit, marks);
    const cited = ranked
      .filter(
        ({ score, position }, rank) =>
          named.has(position) || (rank < mostCitations && score >= best * nearBest),
      )
      .map(({ position }) => position);
    const claimed = [...named].filter((position) => position in passages);
    if (cited.length > 0) citations.push({ start, end, passages: cited });
    else if (claimed.length > 0) doubtful.push({ start, end, passages: claimed });
  }
  return { text: clean, citations, ...(doubtful.length > 0 && { doubtful }) };
}

interface Mark {
  /** Where it stood, in the text without marks. */
  readonly at: number;
  readonly positions: readonly number[];
}

/** Code keeps its brackets, and so do links. */
const codeOrMark =
  /(^|\n)[ \t]*(`{3,}|~{3,})[^]*?(\n[ \t]*\2|$)|`[^`\n]+`|[ \t]*\[(\d+(?:\s*,\s*\d+)*)\](?![(\]:\w])/g;

function withoutMarks(
  text: string,
  count: number,
): { readonly clean: string; readonly marks: readonly Mark[] } {
  const marks: Mark[] = [];
  let clean = "";
  let last = 0;
  for (const match of text.matchAll(codeOrMark)) {
    const numbers = match[4]?.split(",").map(Number);
    // With no passages at all no number can be a citation's, and `[1]` may mean anything.
    if (!numbers || count === 0) continue;
    clean += text.slice(last, match.index);
    last = match.index + match[0].length;
    marks.push({ at: clean.length, positions: numbers.map((number) => number - 1) });
  }
  return { clean: clean + text.slice(last), marks };
}

function namedIn(unit: AnswerUnit, marks: readonly Mark[]): ReadonlySet<number> {
  return new Set(
    marks.filter(({ at }) => at > unit.start && at <= unit.end).flatMap(({ positions }) => positions),
  );
}
