/** The parts of a search that can be left out, to measure what each is worth. */
export const searchLegs = ["words", "vectors", "names", "questions", "guide"] as const;

export type SearchLeg = (typeof searchLegs)[number];
