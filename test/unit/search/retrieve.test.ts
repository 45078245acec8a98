import { expect, test } from "vitest";
import { buildQuery } from "../../../src/core/search/query";
import { indexSet } from "../../../src/core/search/indexedSet";
import { indexQuestions, type QuestionEntry } from "../../../src/core/search/questions";
import { defaultTuning, retrieve } from "../../../src/core/search/retrieve";
import { sectionText } from "../../../src/core/search/sectionText";
import type { SearchableSet, SetChunk } from "../../../src/core/search/searchableSet";

/** A set whose vectors point along one axis a passage. */
function setOf(chunks: readonly Omit<SetChunk, "ordinal" | "document">[], id = "set"): SearchableSet {
  return {
    set: {
      id,
      name: id,
      origin: id,
      documents: 1,
      passages: chunks.length,
      embedded: chunks.length,
      bytes: 0,
      indexedAt: "",
      state: "ready",
    },
    chunks: chunks.map((chunk, ordinal) => ({ ...chunk, ordinal, document: "Guide" })),
    nearest: (query, count) =>
      Promise.resolve(
        chunks
          .map((_, position) => ({ position, similarity: query[position] ?? 0 }))
          .sort((left, right) => right.similarity - left.similarity)
          .slice(0, count),
      ),
  };
}

const chunk = (anchor: string, heading: string, body: string) => ({
  anchor,
  headingPath: ["Guide", heading],
  text: `Guide > ${heading}\n\n${body}`,
});

const guide = setOf([
  chunk("a.pool", "Pool Size", "A pool keeps connections open. Set `app.pool.size` to bound them."),
  chunk(
    "a.pool",
    "Pool Size",
    "Larger pools take more memory than small ones, and more of the server's sockets.",
  ),
  chunk(
    "a.banner",
    "Banner",
    "The banner is printed when the application starts; a pool of banners does not exist.",
  ),
  chunk("a.keys", "All Keys", "| Key | Meaning |\n| --- | --- |\n| `app.pool.size` | Most connections. |"),
]);

async function search(
  question: string,
  options: { vector?: number[]; questions?: QuestionEntry[]; without?: "names" } = {},
) {
  const { found, evidence } = await retrieve(
    {
      query: buildQuery({ question }),
      sets: [indexSet(guide)],
      ...(options.vector && { vector: Float32Array.from(options.vector) }),
      ...(options.questions && { questions: indexQuestions({ entries: options.questions }) }),
      count: 10,
      tuning: options.without ? { ...defaultTuning, name: 0 } : defaultTuning,
    },
    new AbortController().signal,
  );
  return { anchors: found.map((each) => each.chunk.anchor), found, evidence };
}

test("each section comes once, with the passage that fits best", async () => {
  const { anchors, found } = await search("how much memory do larger pools of connections take");
  expect(anchors.filter((anchor) => anchor === "a.pool")).toHaveLength(1);
  expect(found[0]?.chunk.text).toContain("Larger pools");
});

test("a heading that is asked for by its name comes first", async () => {
  const { found } = await search("banner");
  expect(found[0]?.chunk.anchor).toBe("a.banner");
  expect(found[0]?.foundBy.map(({ leg }) => leg)).toContain("name");
});

test.each(["app.pool.size", "APP_POOL_SIZE", "What does app.pool.size mean?"])(
  "%s leads to the place that defines it",
  async (question) => {
    expect((await search(question)).anchors[0]).toBe("a.keys");
  },
);

test("a sentence that holds a name is no definition asked for", async () => {
  const { found } = await search("why does my application ignore the banner that I put beside app.pool.size");
  expect(found.flatMap(({ foundBy }) => foundBy).filter(({ leg }) => leg === "name")).toEqual([]);
});

test("vectors find what no word says, and words what no vector says", async () => {
  const { anchors, found } = await search("sockets", { vector: [0, 0, 1, 0] });
  expect(anchors.slice(0, 2).sort()).toEqual(["a.banner", "a.pool"]);
  expect(found.find((each) => each.chunk.anchor === "a.banner")?.foundBy[0]).toMatchObject({
    leg: "vector",
    rank: 1,
  });
});

test("a user's question leads to its section in any document that has the anchor", async () => {
  const questions = [
    { anchor: "a.banner", question: "get rid of the ascii art at startup" },
    { anchor: "elsewhere", question: "ascii tables" },
  ];
  const { anchors, found } = await search("ascii art", { questions });
  expect(anchors).toEqual(["a.banner"]);
  expect(found[0]?.foundBy).toEqual([{ leg: "question", rank: 1, share: 1 }]);
});

test("the same text in two sets is one result", async () => {
  const sets = [indexSet(guide), indexSet({ ...guide, set: { ...guide.set, id: "copy" } })];
  const { found } = await retrieve(
    { query: buildQuery({ question: "pool connections open" }), sets, count: 10 },
    new AbortController().signal,
  );
  expect(new Set(found.map((each) => each.chunk.text)).size).toBe(found.length);
});

test("an aborted search says so and nothing else", async () => {
  const controller = new AbortController();
  controller.abort();
  const request = { query: buildQuery({ question: "pool" }), sets: [indexSet(guide)], count: 1 };
  await expect(retrieve(request, controller.signal)).rejects.toMatchObject({ name: "AbortError" });
});

test("a section reads whole, its heading once", () => {
  const text = sectionText(indexSet(guide), 1);
  expect(text).toBe(
    "# Guide > Pool Size\n\nA pool keeps connections open. Set `app.pool.size` to bound them.\n\n" +
      "Larger pools take more memory than small ones, and more of the server's sockets.",
  );
});

test("questions are evidence where they were written for the documents, and nowhere else", async () => {
  const vector = Float32Array.from([1, 0, 0, 0]);
  const evidenceFor = async (anchor: string, value: Float32Array | undefined) => {
    const embedding = { model: "m", dimensions: 4, queryPrefix: "", documentPrefix: "" };
    const questions = indexQuestions({
      entries: [{ anchor, question: "how large" }],
      vectors: { embedding, values: [value] },
    });
    const request = {
      query: buildQuery({ question: "size" }),
      sets: [indexSet(guide)],
      questions,
      vector,
      count: 1,
    };
    return (await retrieve(request, new AbortController().signal)).evidence.questionSimilarity;
  };
  const near = Float32Array.from([0.6, 0.8, 0, 0]);
  expect(await evidenceFor("a.pool", near)).toBeCloseTo(0.6, 6);
  expect(await evidenceFor("elsewhere", near)).toBeUndefined();
  expect(await evidenceFor("a.pool", undefined)).toBeUndefined();
});
