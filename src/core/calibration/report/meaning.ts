/**
 * Search by meaning in a page that holds no model: latent semantic analysis (Deerwester et al., "Indexing by latent semantic analysis",
 * 1990). Each word gets a short vector from the company it keeps in the documents; a text's vector is the sum of its words'.
 */
import { createRandom } from "../learn/random";

export interface WordVectors {
  readonly words: readonly string[];
  /** Whole numbers from -99 to 99, one row a word. */
  readonly vectors: readonly (readonly number[])[];
}

const dimensions = 24;
const mostWords = 4000;
const iterations = 6;

export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
}

/** Vectors of the words that occur in at least two documents, the commonest first. */
export function fitWordVectors(documents: readonly string[]): WordVectors {
  const counts = new Map<string, number>();
  const bags = documents.map((document) => [...new Set(wordsOf(document))]);
  for (const bag of bags) for (const word of bag) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts]
    .filter(([, count]) => count >= 2)
    .sort((a, b) => b[1] - a[1])
    .slice(0, mostWords)
    .map(([word]) => word);
  const index = new Map(words.map((word, at) => [word, at]));
  const idf = words.map((word) => Math.log(documents.length / (counts.get(word) ?? 1)) + 0.01);
  const rows = bags.map((bag) => bag.flatMap((word) => index.get(word) ?? []));
  const width = Math.min(dimensions, words.length);
  const random = createRandom(3);
  let basis = Array.from({ length: words.length }, () => Array.from({ length: width }, () => random() - 0.5));
  for (let round = 0; round < iterations; round++) basis = orthonormal(multiply(rows, idf, basis, width));
  // The idf belongs to the word's vector: the page only adds vectors up.
  return {
    words,
    vectors: basis.map((vector, word) =>
      vector.map((value) => Math.max(-99, Math.min(99, Math.round(value * (idf[word] ?? 0) * 100)))),
    ),
  };
}

/** One step of subspace iteration: Aᵀ A times the basis, A being documents by words. */
function multiply(
  rows: readonly (readonly number[])[],
  idf: readonly number[],
  basis: readonly (readonly number[])[],
  width: number,
): number[][] {
  const result = basis.map(() => new Array<number>(width).fill(0));
  for (const row of rows) {
    const document = new Array<number>(width).fill(0);
    for (const word of row)
      for (let d = 0; d < width; d++)
        document[d] = (document[d] ?? 0) + (idf[word] ?? 0) * (basis[word]?.[d] ?? 0);
    for (const word of row) {
      const target = result[word];
      if (target)
        for (let d = 0; d < width; d++) target[d] = (target[d] ?? 0) + (idf[word] ?? 0) * (document[d] ?? 0);
    }
  }
  return result;
}

/** Gram and Schmidt's orthonormal columns. */
function orthonormal(matrix: number[][]): number[][] {
  const width = matrix[0]?.length ?? 0;
  const dot = (a: number, b: number) => matrix.reduce((sum, row) => sum + (row[a] ?? 0) * (row[b] ?? 0), 0);
  for (let column = 0; column < width; column++) {
    for (let before = 0; before < column; before++) {
      const part = dot(column, before);
      for (const row of matrix) row[column] = (row[column] ?? 0) - part * (row[before] ?? 0);
    }
    const length = Math.sqrt(dot(column, column)) || 1;
    for (const row of matrix) row[column] = (row[column] ?? 0) / length;
  }
  return matrix;
}
