import { describe, expect, test, vi } from "vitest";
import type { AnswerResult, ChatTurn } from "../../../src/core/answer/answer";
import { FailureError } from "../../../src/core/failure";
import type { ChatNotification, ChatTurnRecord } from "../../../src/protocol/chat";
import type { ChatHistory, StoredChat } from "../../../src/vscode/chat/chatHistory";
import { createChatSession, type AnswerQuestion, type Question } from "../../../src/vscode/chat/chatSession";
import { turnRecord } from "./turnRecord";

const question: Question = { kind: "chat", instruction: "How?", withDocuments: true };

function result(text: string): AnswerResult {
  return {
    ...{ text, passages: [], citations: [], truncated: false, leftOut: [] },
    timings: { retrieval: 1, firstToken: 2, total: 3 },
  };
}

/** A session over a scripted answer and a history in memory. */
function session(
  answerQuestion: AnswerQuestion,
  stored: readonly ChatTurnRecord[] = [],
  more: Partial<ChatHistory> = {},
) {
  const notified: ChatNotification[] = [];
  const saved: StoredChat[] = [];
  let ids = 0;
  const history: ChatHistory = {
    open: () => Promise.resolve({ id: "chat", turns: stored }),
    startNew: () => Promise.resolve({ id: "next", turns: [] }),
    save: (chat) => Promise.resolve(void saved.push(chat)),
    list: () => Promise.resolve([]),
    openChat: (id) =>
      Promise.resolve(id === "old" ? { id, name: "Old one", turns: [turnRecord("o", {})] } : undefined),
    rename: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    ...more,
  };
  const chat = createChatSession({
    ...{ answerQuestion, history },
    notify: (notification) => void notified.push(notification),
    newId: () => `turn-${++ids}`,
    now: () => 1_000,
    warn: () => undefined,
  });
  return { chat, notified, saved };
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
  });
}

async function lastAnswer(chat: { turns(): Promise<readonly ChatTurnRecord[]> }) {
  return (await chat.turns()).at(-1)?.answer;
}

describe("an answer", () => {
  test("is marked from the start when the documents do not answer", async () => {
    let early: readonly (boolean | undefined)[] = [];
    const { chat, notified } = session((_question, _history, report) => {
      report.event({ type: "passages", passages: [], answered: false });
      early = notified.map((each) => (each.type === "turn" ? each.turn.answer.answered : undefined));
      return Promise.resolve({ ...result("Perhaps."), answered: false });
    });
    await chat.ask(question);
    expect(early.at(-1)).toBe(false);
    expect(await lastAnswer(chat)).toMatchObject({ state: "done", answered: false });
  });

  test("streams in pieces that join to its text, and is saved when it is done", async () => {
    vi.useFakeTimers();
    const { chat, notified, saved } = session(async (_question, _history, report) => {
      report.prepared({ model: "small" });
      for (const text of ["One ", "two ", "three."]) {
        report.event({ type: "token", text });
        await vi.advanceTimersByTimeAsync(100);
      }
      return result("One two three.");
    });
    await chat.ask(question);
    vi.useRealTimers();
    const pieces = notified.filter((each) => each.type === "token");
    expect(pieces.map(({ offset, text }) => [offset, text])).toEqual([
      [0, "One "],
      [4, "two "],
      [8, "three."],
    ]);
    expect(await lastAnswer(chat)).toMatchObject({ state: "done", text: "One two three." });
    expect(saved.at(-1)?.turns.at(-1)?.answer.state).toBe("done");
    expect(saved[0]?.turns.at(-1)?.answer.state).toBe("running");
  });

  test("tokens that come close together travel together", async () => {
    vi.useFakeTimers();
    const { chat, notified } = session(async (_question, _history, report) => {
      for (const text of ["a", "b", "c"]) report.event({ type: "token", text });
      await vi.advanceTimersByTimeAsync(100);
      return result("abc");
    });
    await chat.ask(question);
    vi.useRealTimers();
    expect(notified.filter((each) => each.type === "token").map(({ text }) => text)).toEqual(["abc"]);
  });

  test("that is stopped keeps what had arrived, silently", async () => {
    const { chat } = session((_question, _history, report, signal) => {
      report.event({ type: "token", text: "Half an" });
      return untilAborted(signal);
    });
    const asked = chat.ask(question);
    await chat.turns();
    await chat.stop();
    await asked;
    expect(await lastAnswer(chat)).toMatchObject({ state: "stopped", text: "Half an" });
  });

  test("that fails keeps what had arrived and says what mends it", async () => {
    const { chat } = session((_question, _history, report) => {
      report.event({ type: "token", text: "Half an" });
      throw new FailureError({ kind: "ollama-cut-off", host: "http://127.0.0.1:1", cause: "gone" });
    });
    await chat.ask(question);
    expect(await lastAnswer(chat)).toMatchObject({
      state: "failed",
      text: "Half an",
      problem: { actions: ["retry"] },
    });
  });

  test("is answered anew in its place", async () => {
    let tries = 0;
    const { chat } = session(() => {
      if (++tries === 1) throw new FailureError({ kind: "model-missing", host: "h", model: "m" });
      return Promise.resolve(result("Now."));
    });
    await chat.ask(question);
    await chat.retry("turn-1");
    expect((await chat.turns()).map(({ id, answer }) => [id, answer.state])).toEqual([["turn-1", "done"]]);
  });

  test("that runs is stopped and kept when another question comes", async () => {
    const { chat } = session((asked, _history, _report, signal) =>
      asked.instruction === "slow" ? untilAborted(signal) : Promise.resolve(result("Done.")),
    );
    const slow = chat.ask({ ...question, instruction: "slow" });
    await chat.turns();
    await Promise.all([chat.ask(question), chat.ask(question), slow]);
    expect((await chat.turns()).map(({ answer }) => answer.state)).toEqual(["stopped", "done", "done"]);
  });
});

test("a problem with more than one way out offers them all", async () => {
  const { chat } = session(() => {
    throw new FailureError({ kind: "version-not-indexed", version: "3.5.0", indexed: ["3.2"] });
  });
  await chat.ask(question);
  expect((await lastAnswer(chat))?.problem?.actions).toEqual(["choose-version", "index-official"]);
});

test("a question asked again after a restart takes its code from the history", async () => {
  const asked: Question[] = [];
  const attached = { label: "A.java:3-4", languageId: "java", text: "int a;", file: "A.java", startLine: 3 };
  const { chat } = session(
    (again) => {
      asked.push(again);
      return Promise.resolve(result("Yes."));
    },
    [{ ...turnRecord("old", { state: "interrupted" }), kind: "explain", attached }],
  );
  await chat.retry("old");
  expect(asked[0]?.selection).toMatchObject({ text: "int a;", file: "A.java", startLine: 3, before: "" });
  expect(asked[0]?.kind).toBe("explain");
});

test("a new chat is empty and stops what runs", async () => {
  const { chat, notified } = session((_question, _history, _report, signal) => untilAborted(signal));
  const asked = chat.ask(question);
  await chat.turns();
  await chat.newChat();
  await asked;
  expect(await chat.turns()).toEqual([]);
  expect(notified.at(-1)).toMatchObject({ type: "turn", turn: { answer: { state: "stopped" } } });
});

describe("a summary in the place of earlier questions", () => {
  const turns = ["a", "b", "c"].map((id) => turnRecord(id, { text: `Answer ${id}.` }));
  const asked: { readonly question: Question; readonly history: readonly ChatTurn[] }[] = [];
  const summarises: AnswerQuestion = (next, history, report) => {
    asked.push({ question: next, history });
    if (asked.length === 1) report.event({ type: "summary", text: "They asked a and b.", messages: 4 });
    return Promise.resolve(result("Done."));
  };

  test("is kept with the turn, sent with the next question, and made anew when the turn is", async () => {
    const { chat } = session(summarises, turns);
    await chat.ask(question);
    const [, , , summarised] = await chat.turns();
    expect(summarised?.summary).toEqual({ text: "They asked a and b.", upTo: "b", questions: 2 });
    expect(await chat.turns()).toHaveLength(4);

    await chat.ask(question);
    expect(asked[1]?.question.summary).toBe("They asked a and b.");
    expect(asked[1]?.history.map(({ text }) => text)).toEqual(["Question c", "Answer c.", "How?", "Done."]);

    await chat.retry(summarised?.id ?? "");
    expect(asked[2]?.question.summary).toBeUndefined();
    expect(asked[2]?.history).toHaveLength(6);
    expect((await chat.turns())[3]?.summary).toBeUndefined();
  });
});

describe("a question asked again", () => {
  const turns = [turnRecord("a", { text: "One." }), turnRecord("b", { text: "Two." })];
  const asked: { readonly question: Question; readonly history: number }[] = [];
  const answering: AnswerQuestion = (asking, earlier) => {
    asked.push({ question: asking, history: earlier.length });
    return Promise.resolve(result("New."));
  };

  test("in other words takes the place of the last turn", async () => {
    const { chat, saved } = session(answering, turns);
    await chat.edit("b", "Otherwise?");
    expect(asked.at(-1)).toMatchObject({ question: { instruction: "Otherwise?" }, history: 2 });
    expect((await chat.turns()).map(({ id, instruction }) => [id, instruction])).toEqual([
      ["a", "Question a"],
      ["b", "Otherwise?"],
    ]);
    expect(saved.at(-1)?.id).toBe("chat");
  });

  test("before other turns goes on in a new chat, and leaves the old one as it was", async () => {
    const { chat, notified, saved } = session(answering, turns);
    await chat.edit("a", "Otherwise?");
    expect(asked.at(-1)).toMatchObject({ history: 0 });
    expect((await chat.turns()).map(({ instruction }) => instruction)).toEqual(["Otherwise?"]);
    expect((await chat.chat()).id).toBe("next");
    expect(saved.every(({ id }) => id === "next")).toBe(true);
    expect(notified.some(({ type }) => type === "restarted")).toBe(true);
  });

  test("with another model keeps that model for the turn", async () => {
    const { chat } = session(answering, turns);
    await chat.retry("b", "large");
    expect(asked.at(-1)?.question.model).toBe("large");
    await chat.retry("b");
    expect(asked.at(-1)?.question.model).toBe("large");
  });
});

test("a chat of the history is gone on with, and one that is gone is not", async () => {
  const { chat } = session(() => Promise.resolve(result("x")));
  expect(await chat.switchTo("none")).toBe(false);
  expect(await chat.switchTo("old")).toBe(true);
  expect(await chat.chat()).toMatchObject({ id: "old", name: "Old one", turns: [{ id: "o" }] });
});

test("what is asked while a new chat is on its way is asked there", async () => {
  let arrive: (chat: StoredChat) => void = () => undefined;
  const { chat, saved } = session(() => Promise.resolve(result("Yes.")), [turnRecord("before", {})], {
    startNew: () => new Promise((resolve) => (arrive = resolve)),
  });
  const changing = chat.newChat();
  const asking = chat.ask(question);
  await vi.waitFor(() => {
    arrive({ id: "next", turns: [] });
    expect(saved.length).toBeGreaterThan(0);
  });
  await Promise.all([changing, asking]);
  const { id, turns } = await chat.chat();
  expect(id).toBe("next");
  expect(turns.map(({ answer }) => answer.text)).toEqual(["Yes."]);
});
