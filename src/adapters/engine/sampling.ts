/** The field guide's own compiled sample that is nearest to an instruction, made to fit the file. */
import type {
  SampleOffer,
  SampleRequest,
  SearchReply,
  SearchRequest,
  OpenedPassage,
} from "../../core/engine";
import { FailureError } from "../../core/failure";
import { adaptSample, sampleIn } from "../../core/sample/adaptSample";
import { nearestSample } from "../../core/sample/nearestSample";
import { fieldGuideId } from "./embeddedGuide";

export interface SamplingProps {
  readonly searching: {
    search(request: SearchRequest, signal: AbortSignal): Promise<SearchReply>;
    openPassage(request: { readonly passageId: string }, signal: AbortSignal): Promise<OpenedPassage>;
  };
}

/** Sections that are looked into for a sample. */
const looked = 5;

/** Undefined where the guide is about another version, or has nothing of the kind. */
export async function findSample(
  { searching }: SamplingProps,
  { instruction, springBootVersion, path, text }: SampleRequest,
  signal: AbortSignal,
): Promise<SampleOffer | undefined> {
  let found: SearchReply;
  try {
    const version = springBootVersion === undefined ? {} : { springBootVersion };
    found = await searching.search(
      { question: instruction, count: looked, sets: [fieldGuideId], ...version },
      signal,
    );
  } catch (error) {
    // Documents of other versions only, or none: there is no sample, and that is no failure.
    if (error instanceof FailureError) return undefined;
    throw error;
  }
  const own = found.results.filter(({ setId }) => setId === fieldGuideId);
  const candidates = await Promise.all(
    own.map(async (passage) => {
      const { section } = await searching.openPassage({ passageId: passage.id }, signal);
      const title = passage.headingPath.at(-1) ?? passage.document;
      const { anchor, id: passageId } = passage;
      const sample = sampleIn(section, { title, passageId, ...(anchor !== undefined && { anchor }) });
      if (!sample) return undefined;
      const texts = [sample.java, ...sample.others.map((other) => other.text)];
      return { passage, title, sample, score: passage.score, headings: [passage.document, title], texts };
    }),
  );
  const nearest = nearestSample(
    instruction,
    candidates.filter((candidate) => candidate !== undefined),
  );
  if (!nearest) return undefined;
  const { passage, title, sample } = nearest;
  const place = { ...(path !== undefined && { path }), ...(text !== undefined && { text }) };
  return { ...adaptSample(sample, place), title, passage, others: sample.others };
}
