/** Chats on disk: one file a chat, replaced as a whole, and one that names the chat that is open. */
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { ChatTurnRecord } from "../../protocol/chat";

export interface StoredChat {
  readonly id: string;
  readonly turns: readonly ChatTurnRecord[];
}

export interface ChatHistory {
  /** The chat that was open last; a new one when there is none. What cannot be read is set aside under another name, never deleted. */
  open(): Promise<StoredChat>;
  /** Makes a new, empty chat the open one. */
  startNew(): Promise<StoredChat>;
  /** Replaces the chat's file; turns that another window added in the meantime are kept. Saves run one after another. */
  save(chat: StoredChat): Promise<void>;
}

export interface ChatHistoryProps {
  /** Made when it is needed. */
  readonly folder: string;
  readonly newId: () => string;
  readonly warn: (line: string) => void;
}

/** The oldest chats beyond this number are deleted, and the oldest turns of a chat beyond that one. */
export const largestHistory = { chats: 50, turns: 200 } as const;

const schema = 1;
const currentFile = "current.json";

export function createChatHistory({ folder, newId, warn }: ChatHistoryProps): ChatHistory {
  let queue: Promise<unknown> = Promise.resolve();
  const oneAtATime = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = queue.then(work, work);
    queue = next.catch(() => undefined);
    return next;
  };
  const fileOf = (id: string) => join(folder, `${id}.json`);
  const write = async (path: string, content: unknown) => {
    await mkdir(folder, { recursive: true });
    await writeFileAtomic(path, JSON.stringify(content));
  };
  const startNew = async (): Promise<StoredChat> => {
    const chat = { id: newId(), turns: [] };
    await write(join(folder, currentFile), { schema, id: chat.id });
    return chat;
  };
  const load = async (id: string): Promise<readonly ChatTurnRecord[]> => {
    const content = await readJson(fileOf(id));
    if (content === undefined) return [];
    if (isStored(content)) return content.turns;
    warn(`the chat in ${fileOf(id)} cannot be read; it is set aside`);
    await rename(fileOf(id), `${fileOf(id)}.damaged-${Date.now()}`);
    return [];
  };

  return {
    open: () =>
      oneAtATime(async () => {
        const current = await readJson(join(folder, currentFile));
        if (!isCurrent(current)) return startNew();
        return { id: current.id, turns: (await load(current.id)).map(interrupted) };
      }),
    startNew: () => oneAtATime(startNew),
    save: (chat) =>
      oneAtATime(async () => {
        const turns = merge(await load(chat.id), chat.turns).slice(-largestHistory.turns);
        await write(fileOf(chat.id), { schema, turns });
        await removeOldest(folder);
      }),
  };
}

/** Turns of the file that the chat does not know stay, in the order of asking. */
function merge(stored: readonly ChatTurnRecord[], own: readonly ChatTurnRecord[]): readonly ChatTurnRecord[] {
  const known = new Set(own.map(({ id }) => id));
  const others = stored.filter(({ id }) => !known.has(id));
  if (others.length === 0) return own;
  return [...others, ...own].sort((left, right) => left.askedAt.localeCompare(right.askedAt));
}

/** An answer that was running when the file was written has no one who writes it any more. */
function interrupted(turn: ChatTurnRecord): ChatTurnRecord {
  if (turn.answer.state !== "running") return turn;
  return { ...turn, answer: { ...turn.answer, state: "interrupted" } };
}

async function removeOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json") && name !== currentFile);
  if (names.length <= largestHistory.chats) return;
  const dated = await Promise.all(
    names.map(async (name) => ({ name, changed: (await stat(join(folder, name))).mtimeMs })),
  );
  dated.sort((left, right) => right.changed - left.changed);
  await Promise.all(
    dated.slice(largestHistory.chats).map(({ name }) => rm(join(folder, name), { force: true })),
  );
}

/** Undefined when there is no such file; `null` when it holds no JSON. */
async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function isCurrent(content: unknown): content is { readonly id: string } {
  return isRecord(content) && typeof content["id"] === "string" && /^[\w-]+$/.test(content["id"]);
}

function isStored(content: unknown): content is { readonly turns: readonly ChatTurnRecord[] } {
  return (
    isRecord(content) &&
    content["schema"] === schema &&
    Array.isArray(content["turns"]) &&
    content["turns"].every(isTurn)
  );
}

function isTurn(turn: unknown): boolean {
  if (!isRecord(turn) || !isRecord(turn["answer"])) return false;
  const { answer } = turn;
  const texts = [
    turn["id"],
    turn["instruction"],
    turn["askedAt"],
    answer["state"],
    answer["text"],
    answer["thinking"],
  ];
  const lists = [answer["passages"], answer["citations"], answer["leftOut"]];
  return texts.every((text) => typeof text === "string") && lists.every((list) => Array.isArray(list));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
