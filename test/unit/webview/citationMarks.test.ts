// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import type { SentenceCitation } from "../../../src/core/answer/answer";
import { numberSources } from "../../../src/webview/markdown/citationMarks";
import { createAnswerText } from "../../../src/webview/view/answerText";

const actions = {
  copy: () => Promise.resolve(true),
  insert: () => Promise.resolve(true),
  apply: () => Promise.resolve(true),
  newFile: () => Promise.resolve(true),
  check: () => Promise.resolve(undefined),
  openLink: () => undefined,
};

function cite(text: string, sentence: string, ...passages: readonly number[]): SentenceCitation {
  const start = text.indexOf(sentence);
  return { start, end: start + sentence.length, passages };
}

/** The answer's text with each mark as `[passages]` where it stands. */
function shown(text: string, citations: readonly SentenceCitation[]): HTMLElement {
  const makeMark = ({ passages }: SentenceCitation) => {
    const mark = document.createElement("sup");
    mark.textContent = `[${passages.join(",")}]`;
    return mark;
  };
  const view = createAnswerText({ actions, makeMark });
  view.finish(text, citations);
  return view.root;
}

describe("a mark stands after its sentence", () => {
  const cases: readonly (readonly [name: string, text: string, sentence: string, expected: string])[] = [
    ["in a paragraph", "First one. Second one.", "First one.", "First one.[0] Second one."],
    ["at the end of a paragraph", "First one. Second one.", "Second one.", "First one. Second one.[0]"],
    ["with blanks after it", "First one.\n\nNext.", "First one.\n\n", "First one.[0]"],
    ["after bold text", "It is **bold.** Yes.", "It is **bold.**", "It is bold.[0] Yes."],
    ["inside bold text", "**One. Two.**", "**One.", "One.[0] Two."],
    ["after inline code", "Use `a.b`. Then.", "Use `a.b`.", "Use a.b.[0] Then."],
    ["within inline code", "Use `a. b` now.", "Use `a.", "Use a. b[0] now."],
    ["in a list", "- one\n- two", "- one", "one[0]"],
    ["before a table's border", "| a |\n|---|\n| b |", "| b |", "b[0]"],
    ["after a link", "See <https://docs.example/a>. Yes.", "See <https://docs.example/a>.", "[0] Yes."],
    ["after a bare address", "See https://docs.example/a. Yes.", "See https://docs.example/a.", "a.[0] Yes."],
  ];
  test.each(cases)("%s", (_name, text, sentence, expected) => {
    expect(shown(text, [cite(text, sentence, 0)]).textContent.replace(/\s+/g, " ")).toContain(expected);
  });
});

test("a mark never goes into code: it stands after the block", () => {
  const text = "```java\nint a = 1; // one.\n```\n";
  const root = shown(text, [cite(text, "// one.", 2)]);
  expect(root.querySelector("pre code")?.textContent).toBe("int a = 1; // one.\n");
  expect(root.querySelector(".block-citations")?.textContent).toBe("[2]");
});

test("a mark that ends in a list's code block stands after the list, the code whole", () => {
  const text = "- Do this:\n\n  ```yaml\n  a: b\n  ```\n";
  const root = shown(text, [cite(text, "a: b", 1)]);
  expect(root.querySelector("pre code")?.textContent).toBe("a: b\n");
  expect(root.querySelector(".block-citations")?.textContent).toBe("[1]");
});

test("characters that stand for marks do nothing when a model writes them", () => {
  const root = shown("One \u00910\u0092 two.", []);
  expect(root.querySelector("sup")).toBeNull();
});

test("several sentences, several passages", () => {
  const text = "One. Two. Three.";
  const citations = [cite(text, "Three.", 2), cite(text, "One.", 0, 1)];
  expect(shown(text, citations).textContent.trim()).toBe("One.[0,1] Two. Three.[2]");
});

describe("sources are numbered as the reader meets them", () => {
  test("cited first, by place in the answer; the rest apart", () => {
    const citations = [
      { start: 10, end: 20, passages: [0, 3] },
      { start: 0, end: 9, passages: [3] },
    ];
    expect(numberSources(citations, 5)).toEqual({ cited: [3, 0], uncited: [1, 2, 4] });
  });

  test("a citation of a passage that is not there is passed over", () => {
    expect(numberSources([{ start: 0, end: 1, passages: [7] }], 1)).toEqual({ cited: [], uncited: [0] });
  });
});
