/** One document as a PDF and as pages: a section is found once, with the page of the one and the anchor of the other. */
import { describe, expect, test } from "vitest";
import { indexSet } from "../../../src/core/search/indexedSet";
import { buildQuery } from "../../../src/core/search/query";
import { defaultTuning, retrieve } from "../../../src/core/search/retrieve";
import type { SearchableSet, SetChunk } from "../../../src/core/search/searchableSet";

function setOf(id: string, springBootVersion: string, chunks: readonly Partial<SetChunk>[]): SearchableSet {
  return {
    set: {
      ...{ id, name: id, origin: id, documents: 1, passages: chunks.length, embedded: 0, bytes: 0 },
      ...{ indexedAt: "", state: "lexical", springBootVersion },
    },
    chunks: chunks.map((chunk, ordinal) => ({
      ...{ ordinal, document: "Kettle guide", documentPath: id, headingPath: [], text: "" },
      ...chunk,
    })),
    nearest: () => Promise.resolve([]),
  };
}

const passage = (heading: string, body: string, place: Partial<SetChunk>): Partial<SetChunk> => ({
  headingPath: ["Kettle guide", "Serving", heading],
  text: `Kettle guide > Serving > ${heading}\n\n${body}`,
  ...place,
});

const spout = "Steam leaves through the spout. Register a valve for it, so that the lid does not rattle.";
const valve =
  "A valve opens by itself when the pressure is high. Its spring is chosen for the height of the mountain.";
const port = "The kettle answers on a port. Choose another one when two kettles stand on one stove.";

const html = setOf("html", "3.2.1", [
  passage("Letting off steam", `${spout}\n\n${valve}`, { anchor: "serving.steam" }),
  passage("Choosing a port", port, { anchor: "serving.port" }),
]);
/** Cut at other places, with an ending that the extraction lost. */
const pdf = setOf("guide.pdf", "3.2.1", [
  passage("Letting off steam", spout, { page: 41 }),
  passage("Letting off steam", valve, { page: 42 }),
  passage("Choosing a port", port.replace(" on one stove", ""), { page: 44 }),
]);

async function search(question: string, ...sets: readonly SearchableSet[]) {
  const query = buildQuery({ question });
  const { found } = await retrieve(
    { query, sets: sets.map((set) => indexSet(set)), count: 5, tuning: defaultTuning },
    new AbortController().signal,
  );
  return found.map(({ set, chunk }) => [
    set.source.set.id,
    chunk.headingPath.at(-1),
    chunk.anchor,
    chunk.page,
  ]);
}

describe("a document in two formats", () => {
  test.each([[[html, pdf] as const], [[pdf, html] as const]])(
    "is found once a section, with the page of the passage that says it",
    async (sets) => {
      const [steam, ...others] = await search("which spring opens the valve at high pressure", ...sets);
      expect(steam?.slice(1)).toEqual(["Letting off steam", "serving.steam", 42]);
      expect(others.filter(([, heading]) => heading === "Letting off steam")).toEqual([]);
      const [port, ...rest] = await search("another port for the kettle", ...sets);
      expect(port?.slice(1)).toEqual(["Choosing a port", "serving.port", 44]);
      expect(rest.filter(([, heading]) => heading === "Choosing a port")).toEqual([]);
    },
  );

  test("lends the PDF its anchors where the PDF alone has the passage", async () => {
    const [steam] = html.chunks;
    const short = setOf("html", "3.2.1", [
      { ...steam, text: `Kettle guide > Serving > Letting off steam\n\n${spout}` },
    ]);
    expect(await search("spring chosen for the height of the mountain", short, pdf)).toEqual([
      ["guide.pdf", "Letting off steam", "serving.steam", 42],
    ]);
  });

  test("is joined within one set as well", async () => {
    const both = setOf("folder", "3.2.1", [...html.chunks, ...pdf.chunks]);
    const [port, ...rest] = await search("another port for the kettle", both);
    expect(port).toEqual(["folder", "Choosing a port", "serving.port", 44]);
    expect(rest.filter(([, heading]) => heading === "Choosing a port")).toEqual([]);
  });

  test("is not joined with that of another version", async () => {
    const older = setOf("guide.pdf", "2.7.18", [...pdf.chunks]);
    const found = await search("which spring opens the valve at high pressure", html, older);
    expect(found).toEqual([
      ["guide.pdf", "Letting off steam", undefined, 42],
      ["html", "Letting off steam", "serving.steam", undefined],
    ]);
  });

  test("keeps sections apart that share a heading and nothing else", async () => {
    const other = setOf("other.pdf", "3.2.1", [
      passage("Choosing a port", "Ships that carry tea sail to a port with deep water and a warehouse.", {
        page: 7,
      }),
    ]);
    expect((await search("port", html, other)).map(([id]) => id).sort()).toEqual(["html", "other.pdf"]);
  });
});
