/** Cuts an answer in Markdown into what a citation can stand on: sentences, and code blocks as wholes. Headings make no claim. */
export interface AnswerUnit {
  readonly kind: "sentence" | "code";
  /** Range in the answer, in UTF-16 code units, end exclusive; without blanks around it. */
  readonly start: number;
  readonly end: number;
}

/** Marks of lists, quotes and table rows that stand before a line's text. */
const lineMark = /^\s*(?:(?:[-*+]|\d+[.)])\s+|>\s?|\|)*/;
const fence = /^\s*(`{3,}|~{3,})/;
const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

export function answerUnits(text: string): readonly AnswerUnit[] {
  const units: AnswerUnit[] = [];
  let paragraph: { readonly start: number; end: number } | undefined;
  let code: { readonly start: number; readonly mark: string } | undefined;

  const endParagraph = () => {
    if (paragraph) units.push(...sentences(text, paragraph.start, paragraph.end));
    paragraph = undefined;
  };
  for (const line of linesOf(text)) {
    const mark = fence.exec(line.text)?.[1];
    if (code) {
      if (mark?.startsWith(code.mark) && line.text.trim() === mark) {
        units.push({ kind: "code", start: code.start, end: line.end });
        code = undefined;
      }
      continue;
    }
    if (mark !== undefined) {
      endParagraph();
      code = { start: line.start, mark };
      continue;
    }
    const isBreak =
      line.text.trim() === "" || /^\s*(#{1,6}\s|([-*_]\s*){3,}$|\|?[\s:|-]+\|?$)/.test(line.text);
    const markLength = lineMark.exec(line.text)?.[0].length ?? 0;
    const startsItem = markLength > 0 && line.text.slice(0, markLength).trim() !== "";
    if (isBreak || startsItem) endParagraph();
    if (isBreak) continue;
    if (paragraph) paragraph.end = line.end;
    else paragraph = { start: line.start + markLength, end: line.end };
  }
  endParagraph();
  if (code) units.push({ kind: "code", start: code.start, end: text.trimEnd().length });
  return units;
}

/** Abbreviations after which the segmenter sees the end of a sentence. */
const abbreviation = /\b(e\.g|i\.e|etc|vs|cf|approx|resp)\.\s*$/i;

function sentences(text: string, start: number, end: number): readonly AnswerUnit[] {
  const units: { kind: "sentence"; start: number; end: number }[] = [];
  let joined = false;
  // The segmenter ends a sentence at every line.
  for (const { segment, index } of segmenter.segment(text.slice(start, end).replaceAll("\n", " "))) {
    const from = start + index + (segment.length - segment.trimStart().length);
    const to = start + index + segment.trimEnd().length;
    const last = units.at(-1);
    if (last && joined) last.end = to;
    else if (to > from) units.push({ kind: "sentence", start: from, end: to });
    joined = abbreviation.test(segment);
  }
  return units;
}

function* linesOf(text: string) {
  let start = 0;
  for (const line of text.split("\n")) {
    yield { text: line, start, end: start + line.length };
    start += line.length + 1;
  }
}
