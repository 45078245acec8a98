import { expect, test } from "vitest";
import { isAnswered } from "../../../src/core/search/answerable";
import type { Evidence } from "../../../src/core/search/evidence";

/** A question in a person's words that the documents answer, by words alone. */
const byWords: Evidence = {
  words: 9,
  agreement: 0.7,
  coverage: 0.7,
  rareCoverage: 0.7,
  questionCoverage: 0,
  rareShare: 0,
  unknownShare: 0,
  unknownNames: 0,
  unknownApi: 0,
  laterVersion: false,
  named: false,
};
const byVectors: Evidence = { ...byWords, bestSimilarity: 0.6, similarityLead: 0.14 };
const byQuestions: Evidence = {
  ...byVectors,
  questionSimilarity: 0.72,
  questionLead: 0.2,
  unansweredSimilarity: 0.3,
  questionCoverage: 0.6,
};
/** The other way round: about something else. */
const strange = { coverage: 0.15, rareCoverage: 0.1, unknownShare: 0.4, rareShare: 0.5, unknownNames: 1 };
const far = { bestSimilarity: 0.35, similarityLead: 0.05 };
const asksOtherwise = {
  questionSimilarity: 0.4,
  questionLead: 0.1,
  unansweredSimilarity: 0.6,
  questionCoverage: 0.1,
};

const cases: readonly (readonly [what: string, evidence: Evidence, answered: boolean])[] = [
  ["words that one passage holds", byWords, true],
  ["words that the documents hardly know", { ...byWords, ...strange }, false],
  ["a near passage that holds the words", byVectors, true],
  ["nothing near, words unknown", { ...byVectors, ...far, ...strange }, false],
  ["near a question of users", byQuestions, true],
  ["far from all questions of users", { ...byQuestions, ...far, ...strange, ...asksOtherwise }, false],
  [
    "an annotation that came later",
    { ...byQuestions, ...asksOtherwise, unknownApi: 1, laterVersion: true },
    false,
  ],
  ["a passage that says just this", { ...byVectors, ...strange, bestSimilarity: 0.75 }, true],
  ["asked by its name", { ...byWords, ...strange, named: true }, true],
];

test.each(cases)("%s", (_, evidence, answered) => {
  expect(isAnswered(evidence)).toBe(answered);
});
