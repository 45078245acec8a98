/** The proof of a new index: it holds what its manifest says, and passages drawn at random are found by what they are about. */
import { inverseDocumentFrequency, searchWords } from "../../core/search/bm25";
import { indexSet } from "../../core/search/indexedSet";
import { buildQuery } from "../../core/search/query";
import type { SetChunk } from "../../core/search/searchableSet";
import { termsOf } from "../../core/search/terms";
import type { Embedder } from "../../core/embedder";
import { damaged } from "../store/manifest";
import { searchable, type LoadedSet } from "../store/openSet";

export interface Proof {
  readonly asked: number;
  /** Passages among the first ten, by vectors alone and by words alone. */
  readonly byVectors: number;
  readonly byWords: number;
}

const sampleSize = 30;
const within = 10;

/** Throws `index-damaged` when norms or counts contradict the manifest; what is not found is counted, not thrown. */
export async function proveIndex(
  folder: string,
  loaded: LoadedSet,
  embedder: Pick<Embedder, "embedQuery" | "identity">,
  signal: AbortSignal,
): Promise<Proof> {
  await compareWithManifest(folder, loaded);
  const set = indexSet(searchable(loaded, embedder.identity));
  const { chunks } = set.source;
  let [byVectors, byWords] = [0, 0];
  const sample = draw(chunks.length, sampleSize);
  for (const position of sample) {
    const chunk = chunks[position];
    if (!chunk) continue;
    const rarest = rarestWord(chunk, (term) => inverseDocumentFrequency([set.words], term));
    const question = `${chunk.headingPath.at(-1) ?? chunk.document} ${rarest}`.trim();
    const isMeant = (found: number) => found === position || chunks[found]?.text === chunk.text;
    const words = searchWords([set.words], buildQuery({ question }).terms, within);
    if (words.some((hit) => isMeant(hit.position))) byWords++;
    const near = await set.source.nearest(await embedder.embedQuery(question, signal), within, signal);
    if (near.some((neighbour) => isMeant(neighbour.position))) byVectors++;
  }
  return { asked: sample.length, byVectors, byWords };
}

async function compareWithManifest(folder: string, { manifest, chunks, index }: LoadedSet): Promise<void> {
  const { counts, documents, embedding } = manifest;
  const promised = documents.reduce((sum, { passages }) => sum + passages, 0);
  if (promised !== chunks.length || counts.passages !== chunks.length) {
    throw damaged(folder, `the manifest promises ${promised} passages, ${chunks.length} are there`);
  }
  const items = (await index?.listItems()) ?? [];
  if (items.length !== counts.embedded) {
    throw damaged(folder, `the manifest promises ${counts.embedded} vectors, ${items.length} are there`);
  }
  for (const { id, vector, norm } of items) {
    let sum = 0;
    for (const value of vector) sum += value * value;
    const length = Math.sqrt(sum);
    if (
      vector.length !== embedding?.dimensions ||
      !(Math.abs(length - 1) < 1e-3) ||
      !(Math.abs(norm - length) < 1e-6)
    ) {
      throw damaged(
        folder,
        `the vector of passage ${id} has ${vector.length} numbers and the length ${length}`,
      );
    }
  }
}

/** The word of a passage, as written, that the fewest passages hold. */
function rarestWord({ text }: SetChunk, rarity: (term: string) => number): string {
  const body = text.slice(text.indexOf("\n") + 1);
  let [rarest, highest] = ["", -Infinity];
  for (const [word] of body.matchAll(/[\p{L}][\p{L}\p{N}]{3,}/gu)) {
    const [term] = termsOf(word);
    if (term === undefined) continue;
    const value = rarity(term);
    if (value > highest) [rarest, highest] = [word, value];
  }
  return rarest;
}

/** Different positions below `size`, the same for the same size: a proof that fails can be repeated. */
function draw(size: number, count: number): number[] {
  const positions = Array.from({ length: size }, (_, position) => position);
  let state = 20_250_101;
  const random = () => {
    // A linear congruential generator with the constants of Numerical Recipes (Press et al.), chapter 7.1.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  for (let index = 0; index < Math.min(count, size); index++) {
    const other = index + Math.floor(random() * (size - index));
    const [own, drawn] = [positions[index] ?? 0, positions[other] ?? 0];
    positions[index] = drawn;
    positions[other] = own;
  }
  return positions.slice(0, count);
}
