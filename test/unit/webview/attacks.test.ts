// @vitest-environment jsdom
import { expect, test } from "vitest";
import { findHiddenCharacters } from "../../../src/core/answer/hiddenCharacters";
import type { Passage } from "../../../src/core/search/passage";
import { renderMarkdown } from "../../../src/webview/markdown/render";
import { attachedChip } from "../../../src/webview/view/attachedChip";
import { createAnswerText } from "../../../src/webview/view/answerText";
import { createSources } from "../../../src/webview/view/sources";
import { attacks, attacksOf } from "../../support/attacks";

const actions = {
  copy: () => Promise.resolve(true),
  insert: () => Promise.resolve(true),
  apply: () => Promise.resolve(true),
  newFile: () => Promise.resolve(true),
  check: () => Promise.resolve(undefined),
  openLink: () => undefined,
};

const dangerous =
  "script, img, svg, math, iframe, form, input, style, object, embed, link, base, meta, video, audio, a, [href], [src], [background], [poster]";

/** Nothing that runs, loads or leads anywhere by itself, and nothing that is not seen. */
function expectHarmless(host: HTMLElement): void {
  expect(host.querySelectorAll(dangerous)).toHaveLength(0);
  const attributes = [...host.querySelectorAll("*")].flatMap((each) => each.getAttributeNames());
  expect(attributes.filter((name) => name.startsWith("on") || name === "style")).toEqual([]);
  const addresses = [...host.querySelectorAll(".link")].map((link) => link.getAttribute("title") ?? "");
  expect(addresses.filter((address) => !/^https?:\/\//.test(address))).toEqual([]);
  expect(findHiddenCharacters(host.textContent)).toEqual([]);
}

function holding(...nodes: readonly Node[]): HTMLElement {
  const host = document.createElement("div");
  host.append(...nodes);
  return host;
}

test("there are at least 60 attacks, each with a name of its own", () => {
  expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length);
  expect(attacks.length).toBeGreaterThanOrEqual(60);
});

test.each(attacksOf("words", "code"))("as an answer: %s", (_name, text) => {
  expectHarmless(holding(renderMarkdown(text, actions)));
  const view = createAnswerText({ actions, makeMark: () => document.createElement("sup") });
  const step = Math.max(1, Math.ceil(text.length / 20));
  for (let end = step; end < text.length; end += step) view.stream(text.slice(0, end));
  view.finish(text, [{ start: 0, end: text.length, passages: [0] }]);
  expectHarmless(holding(view.root));
});

test.each(attacksOf("words", "file"))(
  "as a heading, a document's title, a version and a label: %s",
  (_name, text) => {
    const passage: Passage = {
      ...{
        id: "1:0",
        setId: "1",
        document: text,
        version: text,
        headingPath: [text, text],
        text,
        foundBy: [],
        score: 0,
      },
    };
    const sources = createSources({
      passages: [passage],
      numbers: { cited: [0], uncited: [] },
      open: () => undefined,
      openOfficialPage: () => undefined,
    });
    expectHarmless(holding(sources, attachedChip({ label: text, text, languageId: "java" })));
    expect(sources.querySelectorAll(".link")).toHaveLength(0);
  },
);

test("a link whose words name another host shows where it leads", () => {
  const text = holding(
    renderMarkdown("[https://docs.spring.io](https://evil.example/login)", actions),
  ).textContent;
  expect(text).toContain("(evil.example)");
  expect(
    holding(renderMarkdown("[docs.spring.io](https://docs.spring.io/a)", actions)).textContent.trim(),
  ).toBe("docs.spring.io");
});

test("a code block says what it hides, and Copy and Insert say so", async () => {
  const host = holding(renderMarkdown("```java\nint a; // \u202ex p\u0430ypal\n```", actions));
  expect(host.querySelector(".code-hidden")?.textContent).toContain("U+202E");
  expect(host.querySelector(".code-hidden")?.textContent).toContain("p\u0430ypal");
  for (const [word, said] of [
    ["Copy", "Copied with hidden characters"],
    ["Insert", "Inserted with hidden characters"],
  ] as const) {
    const button = [...host.querySelectorAll("button")].find(({ textContent }) => textContent === word);
    button?.click();
    await new Promise((resolve) => setTimeout(resolve));
    expect(button?.textContent).toBe(said);
  }
  expect(holding(renderMarkdown("```java\nint a;\n```", actions)).querySelector(".code-hidden p")).toBeNull();
});
