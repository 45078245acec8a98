// @vitest-environment jsdom
/** Every text of the page goes through the table that the host hands over: where each that does is marked, none is left unmarked. */
import { expect, test, vi } from "vitest";
import type { ChatAnswer, ChatEnvironment, ChatTurnRecord } from "../../../src/protocol/chat";
import { turnRecord } from "../chat/turnRecord";

const nothing = () => undefined;

/** What a person or the engine wrote stands between these, and is no text of the page. */
const own = (text: string) => `⟦${text}⟧`;

const passage = {
  id: "guide:1",
  setId: "guide",
  document: own("Guide"),
  text: own("Text"),
  headingPath: [own("Web")],
  page: 12,
  officialUrl: "https://docs.example.org/web.html",
  score: 1,
  foundBy: [{ leg: "lexical", rank: 1, share: 1 } as const],
};

const answers: readonly Partial<ChatAnswer>[] = [
  { state: "running", progress: { status: "reading-prompt", since: 0 } },
  { state: "stopped", text: "1", thinking: own("Hm") },
  { state: "interrupted", text: "1" },
  {
    state: "done",
    text: "```java\n1\n```\n\n| 1 |\n|---|\n| 2 |\n\n![](https://x.example.org/x.png)\n\n1",
    answered: false,
    truncated: true,
    leftOut: [own("more")],
    passages: [passage, { ...passage, id: "guide:2" }],
    citations: [{ start: 0, end: 1, passages: [0] }],
    timings: { retrieval: 1, firstToken: 2, total: 3_000, answerTokens: 4 },
  },
  {
    state: "failed",
    problem: {
      message: own("a"),
      remedy: own("b"),
      actions: ["start-ollama", "choose-model", "index-official"],
    },
  },
];

vi.mock("../../../src/webview/words", async () => {
  const { english } = await import("../../../src/core/translate");
  const t: typeof english = (message, ...values) => `⟦${english(message, ...values)}⟧`;
  return { t };
});

/** Letters outside the marks, in texts and in the attributes that a person reads or hears. */
function unmarked(root: Element): readonly string[] {
  const texts = [root, ...root.querySelectorAll("*")].flatMap((element) => [
    ...[...element.childNodes]
      .filter(({ nodeType }) => nodeType === 3)
      .map(({ nodeValue }) => nodeValue ?? ""),
    ...["title", "aria-label", "placeholder"].map((name) => element.getAttribute(name) ?? ""),
  ]);
  return texts.map((text) => withoutMarked(text).trim()).filter((text) => /\p{L}{2,}/u.test(text));
}

function withoutMarked(text: string): string {
  const inner = text.replace(/⟦[^⟦⟧]*⟧/g, "");
  return inner === text ? text.replace(/Spring Boot|docs\.example\.org|Java/g, "") : withoutMarked(inner);
}

test("turns in every state", async () => {
  const { createTurnView } = await import("../../../src/webview/view/turnView");
  const { createPassagePopover } = await import("../../../src/webview/view/passagePopover");
  const { renderMarkdown } = await import("../../../src/webview/markdown/render");
  const render = { copy: () => Promise.resolve(true), insert: () => Promise.resolve(true) };
  const actions = new Proxy(
    { render: { ...render, openLink: nothing, newFile: nothing, check: nothing } },
    { get: (target, key) => (key === "render" ? target.render : nothing) },
  ) as unknown as Parameters<typeof createTurnView>[0]["actions"];
  const popover = createPassagePopover({
    parent: document.body,
    render: (source) => renderMarkdown(source, { ...actions.render, apply: () => Promise.resolve(true) }),
  });
  for (const answer of answers) {
    const turn: ChatTurnRecord = { ...turnRecord("1", answer), instruction: own("How?"), model: own("m") };
    const view = createTurnView({ turn, actions, popover, schedule: nothing });
    expect(unmarked(view.root)).toEqual([]);
  }
});

test("what the checks say of a block", async () => {
  const { createCodeCheck } = await import("../../../src/webview/view/codeCheck");
  const finding = { line: 2, message: own("Gone."), fix: own("Use b") };
  const findings = (["error", "warning", "info"] as const).map((level) => ({ ...finding, level }));
  const check = { text: own("compiles"), findings, notes: [own("No JDK.")], mended: "class A {}" };
  const actions = { copy: () => Promise.resolve(true) };
  for (const mark of ["pass", "error", "warning", "unknown"] as const)
    expect(unmarked(createCodeCheck({ ...check, mark }, actions))).toEqual([]);
});

test("what stands around the turns", async () => {
  const { createTopBar } = await import("../../../src/webview/view/topBar");
  const { createComposer } = await import("../../../src/webview/view/composer");
  const { createEmptyState } = await import("../../../src/webview/view/emptyState");
  const all = new Proxy({}, { get: () => nothing });
  const bar = createTopBar(all as Parameters<typeof createTopBar>[0]);
  const composer = createComposer("", all as Parameters<typeof createComposer>[1]);
  const empty = createEmptyState(all as Parameters<typeof createEmptyState>[0]);
  const environments: readonly ChatEnvironment[] = [
    { withDocuments: false, context: [], setup: [] },
    {
      withDocuments: true,
      context: [{ id: "file:a", kind: "file", label: own("A.java"), detail: own("src/A.java") }],
      model: own("m"),
      version: { version: "3.2", source: own("parent") },
      attached: { label: own("A.java:1"), languageId: "java", text: "x" },
      setup: [{ id: "ollama", state: "missing", text: own("a"), action: "start-ollama" }],
    },
  ];
  for (const environment of environments) {
    bar.show(environment);
    composer.show(environment);
    empty.show(environment.setup);
    for (const { root } of [bar, composer, empty]) expect(unmarked(root)).toEqual([]);
  }
});
