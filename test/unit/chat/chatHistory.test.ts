import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createChatHistory, largestHistory } from "../../../src/vscode/chat/chatHistory";
import { turnRecord } from "./turnRecord";

let folder: string;
let warnings: string[];
let ids: number;

beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), "docwright-history-")), "chats");
  warnings = [];
  ids = 0;
});
afterEach(() => rm(path.dirname(folder), { recursive: true }));

function history() {
  return createChatHistory({
    folder,
    newId: () => `chat-${++ids}`,
    warn: (line) => void warnings.push(line),
  });
}

test("a chat is there again after a restart", async () => {
  const before = history();
  const { id } = await before.open();
  const turns = [turnRecord("a", { text: "One." }), turnRecord("b", { text: "Two." })];
  await before.save({ id, turns });
  expect(await history().open()).toEqual({ id, turns });
});

test("a new chat is the open one after a restart, and the old one stays on disk", async () => {
  const before = history();
  const old = await before.open();
  await before.save({ id: old.id, turns: [turnRecord("a", {})] });
  const fresh = await before.startNew();
  expect(await history().open()).toEqual({ id: fresh.id, turns: [] });
  expect(await readdir(folder)).toContain(`${old.id}.json`);
});

test("an answer that was running when the editor ended is marked as interrupted, its text kept", async () => {
  const before = history();
  const { id } = await before.open();
  await before.save({ id, turns: [turnRecord("a", { state: "running", text: "Half an ans" })] });
  const [turn] = (await history().open()).turns;
  expect(turn?.answer).toMatchObject({ state: "interrupted", text: "Half an ans" });
});

test("a damaged file is set aside, not lost, and the chat begins anew", async () => {
  const before = history();
  const { id } = await before.open();
  await before.save({ id, turns: [turnRecord("a", {})] });
  await writeFile(path.join(folder, `${id}.json`), '{"schema":1,"turns":[{"id"');
  expect((await history().open()).turns).toEqual([]);
  const aside = (await readdir(folder)).filter((name) => name.startsWith(`${id}.json.damaged-`));
  expect(aside).toHaveLength(1);
  expect(await readFile(path.join(folder, aside[0] ?? ""), "utf8")).toContain('{"id"');
  expect(warnings).toHaveLength(1);
});

test("a pointer that leads out of the folder is not followed", async () => {
  const before = history();
  await before.open();
  await writeFile(path.join(folder, "current.json"), '{"schema":1,"id":"../../secrets"}');
  expect((await history().open()).id).toBe("chat-2");
});

test("turns that another window added are kept, in the order of asking", async () => {
  const [first, second] = [history(), history()];
  const { id } = await first.open();
  const early = turnRecord("a", {}, "2026-01-01T00:00:00.000Z");
  const late = turnRecord("b", {}, "2026-01-02T00:00:00.000Z");
  await first.save({ id, turns: [late] });
  await second.save({ id, turns: [early] });
  expect((await history().open()).turns.map((turn) => turn.id)).toEqual(["a", "b"]);
});

test("many saves at once leave the last state, whole", async () => {
  const store = history();
  const { id } = await store.open();
  const texts = Array.from({ length: 20 }, (_, index) => "x".repeat(index * 1_000));
  await Promise.all(texts.map((text) => store.save({ id, turns: [turnRecord("a", { text })] })));
  expect((await history().open()).turns[0]?.answer.text).toHaveLength(19_000);
});

test("the history is bounded in turns and in chats", async () => {
  const store = history();
  const { id } = await store.open();
  const turns = Array.from({ length: largestHistory.turns + 5 }, (_, index) =>
    turnRecord(`turn-${index}`, {}),
  );
  await store.save({ id, turns });
  const kept = (await history().open()).turns;
  expect(kept).toHaveLength(largestHistory.turns);
  expect(kept.at(-1)?.id).toBe(turns.at(-1)?.id);

  for (let index = 0; index < largestHistory.chats + 3; index++) {
    await store.save({ id: `further-${index}`, turns: [turnRecord("a", {})] });
  }
  const chats = (await readdir(folder)).filter((name) => name !== "current.json");
  expect(chats).toHaveLength(largestHistory.chats);
  expect(chats).toContain(`further-${largestHistory.chats + 2}.json`);
});

test("chats are listed with their questions, the latest first, and opened, named and deleted", async () => {
  const chats = history();
  const first = await chats.open();
  await chats.save({ id: first.id, turns: [turnRecord("a", {}), turnRecord("b", {})] });
  const second = await chats.startNew();
  await chats.save({ id: second.id, turns: [turnRecord("c", {})] });
  await chats.startNew();
  expect((await chats.list()).map(({ id, questions }) => [id, questions.length])).toEqual(
    expect.arrayContaining([
      [first.id, 2],
      [second.id, 1],
    ]),
  );
  await chats.rename(first.id, "  Timeouts ");
  expect(await chats.openChat(first.id)).toMatchObject({
    name: "Timeouts",
    turns: [{ id: "a" }, { id: "b" }],
  });
  expect(await history().open()).toMatchObject({ id: first.id, name: "Timeouts" });
  expect((await chats.list()).find(({ id }) => id === first.id)).toMatchObject({
    name: "Timeouts",
    isOpen: true,
  });
  // A save of the open chat knows nothing of its name.
  await chats.save({ id: first.id, turns: [turnRecord("a", {})] });
  expect(await chats.openChat(first.id)).toMatchObject({ name: "Timeouts" });
  await chats.remove(second.id);
  expect((await chats.list()).map(({ id }) => id)).toEqual([first.id]);
  expect(await chats.openChat(second.id)).toBeUndefined();
});

test("an id that would lead out of the folder opens and deletes nothing", async () => {
  const chats = history();
  await chats.open();
  const outside = path.join(path.dirname(folder), "secret.json");
  await writeFile(outside, '{"schema":1,"turns":[]}');
  expect(await chats.openChat("../secret")).toBeUndefined();
  await chats.remove("../secret");
  await chats.remove("current");
  expect(await readFile(outside, "utf8")).toContain("schema");
  expect(await readdir(folder)).toContain("current.json");
});
