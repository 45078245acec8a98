/** Which of the samples of the sections that a search has found is nearest to an instruction. */
import { termsOf } from "../search/terms";

export interface SampleCandidate {
  /** Of the section, as the search has it; more is better. */
  readonly score: number;
  /** Of the section and of the document. */
  readonly headings: readonly string[];
  /** The sample and what belongs to it. */
  readonly texts: readonly string[];
}

/**
 * How much the instruction's own words count beside the search's score. The search ranks sections by what they explain, where a sample is wanted
 * for what it does: of the symbols that the tasks of the package expect the samples so chosen have .70 where the search's first has .68
 * (`npm run bench -- samples`).
 */
const wordsWeight = 8;

/** The best of them; undefined for none. */
export function nearestSample<Candidate extends SampleCandidate>(
  instruction: string,
  candidates: readonly Candidate[],
): Candidate | undefined {
  const asked = new Set(termsOf(instruction));
  const share = (texts: readonly string[]) => {
    const own = new Set(texts.flatMap((text) => termsOf(text)));
    return [...asked].filter((term) => own.has(term)).length / Math.max(1, asked.size);
  };
  const nearness = ({ score, headings, texts }: SampleCandidate) =>
    score * (1 + wordsWeight * (share(headings) + share([...headings, ...texts])));
  const [best] = candidates
    .map((candidate) => ({ candidate, nearness: nearness(candidate) }))
    .sort((left, right) => right.nearness - left.nearness);
  return best?.candidate;
}
