/** What changed between two versions: over sets that are really indexed, in formats that the versions are published in. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChanges } from "../../../src/adapters/engine/changes";
import { createIndexing } from "../../../src/adapters/engine/indexing";
import { createSearching } from "../../../src/adapters/engine/searching";
import { createSets, type Sets } from "../../../src/adapters/engine/sets";
import { changesText } from "../../../src/core/changes/changesText";
import type { VersionChanges } from "../../../src/core/changes/versionChanges";
import { hashingEmbedder } from "../indexing/hashingEmbedder";
import { temporaryFolder } from "../indexing/smallDocuments";

const never = new AbortController().signal;
const nowhere = "/nowhere";
let sets: Sets;
let store: string;

/** A guide of 2.7 on one page, as Asciidoctor writes it. */
const page27 = `<html><body class="book"><div id="header"><h1>Kettle guide</h1></div>
<div class="sect1"><h2 id="serving">Serving</h2><div class="sectionbody">
<div class="sect2"><h3 id="serving.port">Choosing a port</h3>
<div class="paragraph"><p>The kettle answers on port 8080 of 2.7.18. Name another one with <code>kettle.port</code>.</p></div></div>
<div class="sect2"><h3 id="serving.steam">Letting off steam</h3>
<div class="paragraph"><p>Steam leaves through the spout. Register a valve with <code>kettle.factories</code>.</p></div></div>
<div class="sect2"><h3 id="serving.whistle">Whistling through pipes</h3>
<div class="paragraph"><p>Old stoves whistle through pipes. A copper pipe carries the sound to the next room.</p></div></div>
<div class="sect2"><h3 id="serving.lid">Keeping the lid on</h3>
<div class="paragraph"><p>The lid stays on while water boils. Lift it with a cloth when the whistle stops.</p></div></div>
</div></div></body></html>`;

/** The same guide of 3.3, page by page, as Antora writes it: other files, other parents, other anchors. */
const antora = (
  title: string,
  sections: string,
) => `<html><head><meta name="version" content="3.3.5"></head><body>
<div class="body"><main class="article"><div class="content"><article class="doc"><h1 class="page">${title}</h1>${sections}</article></div></main></div></body></html>`;
const section33 = (id: string, title: string, text: string) =>
  `<div class="sect1"><h2 id="${id}"><a class="anchor" href="#${id}"></a>${title}</h2><div class="sectionbody"><div class="paragraph"><p>${text}</p></div></div></div>`;
const pages33 = {
  "reference/serving.html": antora(
    "Serving",
    section33(
      "serving.port",
      "Choosing a port",
      "The kettle answers on port 8080 of 3.3.5. Name another one with <code>kettle.port</code>.",
    ) +
      section33(
        "serving.steam",
        "Letting off steam",
        "Steam leaves through the spout. Register a valve with <code>kettle.imports</code>.",
      ),
  ),
  "reference/lids.html": antora(
    "Lids",
    section33(
      "lids.keeping",
      "Keeping the lid on",
      "The lid stays on while water boils. Lift it with a cloth when the whistle stops.",
    ) +
      section33("lids.glass", "Glass lids", "A lid of glass shows the bubbles. It needs no lifting at all."),
  ),
};

beforeAll(async () => {
  sets = createSets({ packageRoot: nowhere, defaultStore: nowhere, chosenEmbedder: hashingEmbedder(0) });
  const root = await temporaryFolder("versions");
  store = await temporaryFolder("store");
  const files = { "2.7/index.html": page27, ...prefixed("3.3", pages33) };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  const indexing = createIndexing({ sets, defaultStore: store });
  for (const [folder, springBootVersion] of [
    ["2.7", "2.7.18"],
    ["3.3", "3.3.5"],
  ] as const) {
    const source = { path: join(root, folder), origin: join(root, folder) };
    await indexing.index(
      { sources: [source], springBootVersion, name: `Kettle ${folder}` },
      () => undefined,
      never,
    );
  }
});
afterAll(() => sets.close());

const prefixed = (folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]));

function changes(from: string, to: string, about?: string): Promise<VersionChanges> {
  const searching = createSearching({ sets, packageRoot: nowhere, defaultStore: store });
  const request = { from, to, store, ...(about !== undefined && { about }) };
  return findChanges({ sets, searching, packageRoot: nowhere, defaultStore: store }, request, never);
}

const told = ({ changes: all }: VersionChanges) =>
  all.map(({ kind, before, after }) => [kind, (after ?? before)?.headingPath.at(-1)]);

describe("a guide of 2.7 beside its site of 3.3", { timeout: 60_000 }, () => {
  it("says what was added, removed, changed and moved, and nothing of what only names its version", async () => {
    const found = await changes("2.7", "3.3");
    expect(found).toMatchObject({ from: "2.7.18", to: "3.3.5", leftOut: [], renumbered: 1 });
    expect(found.compared).toEqual([{ from: "Kettle 2.7", to: "Kettle 3.3" }]);
    expect(told(found).sort()).toEqual([
      ["added", "Glass lids"],
      ["changed", "Letting off steam"],
      ["moved", "Keeping the lid on"],
      ["removed", "Whistling through pipes"],
    ]);
    const changed = found.changes.find(({ kind }) => kind === "changed");
    expect(changed?.lines).toEqual([
      { kind: "same", text: "Steam leaves through the spout." },
      { kind: "removed", text: "Register a valve with `kettle.factories`." },
      { kind: "added", text: "Register a valve with `kettle.imports`." },
    ]);
    expect(changed?.before?.text).toContain("kettle.factories");
    const moved = found.changes.find(({ kind }) => kind === "moved");
    expect([moved?.before?.anchor, moved?.after?.anchor]).toEqual(["serving.lid", "lids.keeping"]);
  });

  it("is the same backwards, with added and removed exchanged", async () => {
    const back = await changes("3.3.5", "2.7.18");
    expect(told(back).sort()).toEqual([
      ["added", "Whistling through pipes"],
      ["changed", "Letting off steam"],
      ["moved", "Keeping the lid on"],
      ["removed", "Glass lids"],
    ]);
  });

  it.each(["Letting off steam", "serving.steam", "#serving.steam"])(
    "narrows to the heading %s",
    async (about) => {
      const found = await changes("2.7", "3.3", about);
      expect(told(found)).toEqual([["changed", "Letting off steam"]]);
      expect(found.narrowed).toEqual({ by: "heading", answered: true, unchanged: [] });
    },
  );

  it("narrows to what is below a heading", async () => {
    expect(told(await changes("2.7", "3.3", "lids")).sort()).toEqual([
      ["added", "Glass lids"],
      ["moved", "Keeping the lid on"],
    ]);
  });

  it("lets the retriever find what a question is about, in either version", async () => {
    const found = await changes("2.7", "3.3", "how does a copper pipe carry sound to another room");
    expect(found.narrowed?.by).toBe("question");
    expect(told(found)[0]).toEqual(["removed", "Whistling through pipes"]);
  });

  it("names what is the same", async () => {
    const found = await changes("2.7", "3.3", "Choosing a port");
    expect(found.changes).toEqual([]);
    expect(found.narrowed?.unchanged).toEqual([expect.stringMatching(/Choosing a port$/)]);
  });

  it("is told as Markdown with sentences that came and went", async () => {
    const text = changesText(await changes("2.7", "3.3"));
    expect(text).toContain("Sections: 1 added, 1 removed, 1 changed, 1 moved.");
    expect(text).toContain(
      "- Register a valve with `kettle.factories`.\n+ Register a valve with `kettle.imports`.",
    );
    expect(text).toMatch(/## Moved: .*Keeping the lid on \(#lids\.keeping\)\n\nwas .*\(#serving\.lid\)/);
  });

  it("is refused for a version that is not indexed", async () => {
    await expect(changes("2.7", "3.9")).rejects.toMatchObject({
      failure: { kind: "version-not-indexed", version: "3.9", indexed: ["2.7.18", "3.3.5"] },
    });
  });
});
