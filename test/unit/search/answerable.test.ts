import { expect, test } from "vitest";
import { isAnswered } from "../../../src/core/search/answerable";
import type { Evidence } from "../../../src/core/search/evidence";

type Told = Partial<Evidence>;

/** What nobody told is as it is for most questions that are answered. */
const usual: Evidence = {
  agreement: 0.6,
  coverage: 0.5,
  rareShare: 0,
  unknownShare: 0,
  unknownNames: 0,
  named: false,
};

const cases: readonly (readonly [what: string, evidence: Told, answered: boolean])[] = [
  [
    "a near passage that holds the words",
    { bestSimilarity: 0.6, coverage: 0.6, rareShare: 0, named: false },
    true,
  ],
  [
    "a near passage in other words",
    { bestSimilarity: 0.6, coverage: 0.1, rareShare: 0.2, named: false },
    true,
  ],
  [
    "nothing near, words unknown",
    { bestSimilarity: 0.25, coverage: 0.1, rareShare: 0.5, named: false },
    false,
  ],
  [
    "the topic is near, its subject unknown",
    { bestSimilarity: 0.4, coverage: 0.3, rareShare: 0.4, named: false },
    false,
  ],
  [
    "far from all questions of users",
    { bestSimilarity: 0.5, questionSimilarity: 0.35, coverage: 0.2, rareShare: 0.1, named: false },
    false,
  ],
  [
    "near a question of users, in words that the documents do not use",
    { bestSimilarity: 0.3, questionSimilarity: 0.7, coverage: 0, rareShare: 0.3, named: false },
    true,
  ],
  [
    "no question of users, but a passage that says it",
    { bestSimilarity: 0.7, questionSimilarity: 0.1, coverage: 0.2, rareShare: 0.4, named: false },
    true,
  ],
  ["asked by its name", { bestSimilarity: 0.1, coverage: 0, rareShare: 1, named: true }, true],
  ["words alone, most of them held", { coverage: 0.7, rareShare: 0.1, named: false }, true],
  ["words alone, none known", { coverage: 0, rareShare: 0.8, named: false }, false],
];

test.each(cases)("%s", (_, evidence, answered) => {
  expect(isAnswered({ ...usual, ...evidence })).toBe(answered);
});
