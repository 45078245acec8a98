/** Chats on disk: one file a chat, replaced as a whole, and one that names the chat that is open. */
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { ChatTurnRecord } from "../../protocol/chat";

export interface StoredChat {
  readonly id: string;
  /** What the person called it; absent: it goes by its first question. */
  readonly name?: string;
  readonly turns: readonly ChatTurnRecord[];
}

/** A chat as a list shows it. */
export interface ChatSummary {
  readonly id: string;
  readonly name?: string;
  /** All questions, oldest first. */
  readonly questions: readonly string[];
  /** Milliseconds since 1970. */
  readonly changed: number;
  readonly isOpen: boolean;
}

export interface ChatHistory {
  /** The chat that was open last; a new one when there is none. What cannot be read is set aside under another name, never deleted. */
  open(): Promise<StoredChat>;
  /** Makes a new, empty chat the open one. */
  startNew(): Promise<StoredChat>;
  /** Chats that can be read, the latest first; empty ones are left out. */
  list(): Promise<readonly ChatSummary[]>;
  /** Makes a chat of the list the open one; undefined when it is gone. */
  openChat(id: string): Promise<StoredChat | undefined>;
  /** An empty name gives the chat its first question's words again. */
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
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
    await noteOpen(chat.id);
    return chat;
  };
  const noteOpen = (id: string) => write(join(folder, currentFile), { schema, id });
  const load = async (id: string): Promise<StoredChat> => {
    const content = await readJson(fileOf(id));
    if (content === undefined) return { id, turns: [] };
    if (isStored(content)) {
      const { name, turns } = content;
      return { id, turns, ...(typeof name === "string" && name !== "" && { name }) };
    }
    warn(`the chat in ${fileOf(id)} cannot be read; it is set aside`);
    await rename(fileOf(id), `${fileOf(id)}.damaged-${Date.now()}`);
    return { id, turns: [] };
  };
  const put = ({ id, ...content }: StoredChat) => write(fileOf(id), { schema, ...content });

  return {
    open: () =>
      oneAtATime(async () => {
        const current = await readJson(join(folder, currentFile));
        if (!isCurrent(current)) return startNew();
        return interrupted(await load(current.id));
      }),
    startNew: () => oneAtATime(startNew),
    save: (chat) =>
      oneAtATime(async () => {
        const stored = await load(chat.id);
        const turns = merge(stored.turns, chat.turns).slice(-largestHistory.turns);
        // The name is the list's to give: it may be newer than the chat that is saved.
        await put({ ...stored, turns });
        await removeOldest(folder);
      }),
    list: () =>
      oneAtATime(async () => {
        const current = await readJson(join(folder, currentFile));
        const summaries: ChatSummary[] = [];
        for (const { id, changed } of await datedChats(folder)) {
          const content = await readJson(fileOf(id));
          if (!isStored(content) || content.turns.length === 0) continue;
          summaries.push({
            id,
            changed,
            questions: content.turns.map(({ instruction }) => instruction),
            isOpen: isCurrent(current) && current.id === id,
            ...(typeof content.name === "string" && content.name !== "" && { name: content.name }),
          });
        }
        return summaries;
      }),
    openChat: (id) =>
      oneAtATime(async () => {
        if (!isId(id) || (await readJson(fileOf(id))) === undefined) return undefined;
        await noteOpen(id);
        return interrupted(await load(id));
      }),
    rename: (id, name) =>
      oneAtATime(async () => {
        if (!isId(id)) return;
        const { turns } = await load(id);
        if (turns.length > 0) await put({ id, turns, ...(name.trim() !== "" && { name: name.trim() }) });
      }),
    remove: (id) =>
      oneAtATime(async () => {
        if (isId(id)) await rm(fileOf(id), { force: true });
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
function interrupted(chat: StoredChat): StoredChat {
  const turns = chat.turns.map((turn): ChatTurnRecord =>
    turn.answer.state === "running" ? { ...turn, answer: { ...turn.answer, state: "interrupted" } } : turn,
  );
  return { ...chat, turns };
}

async function removeOldest(folder: string): Promise<void> {
  const old = (await datedChats(folder)).slice(largestHistory.chats);
  await Promise.all(old.map(({ id }) => rm(join(folder, `${id}.json`), { force: true })));
}

/** The chats of a folder, the latest first; none when there is no folder yet. */
async function datedChats(
  folder: string,
): Promise<readonly { readonly id: string; readonly changed: number }[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = names.filter((name) => name.endsWith(".json") && name !== currentFile);
  const dated = await Promise.all(
    files.map(async (name) => ({
      id: name.slice(0, -".json".length),
      changed: (await stat(join(folder, name))).mtimeMs,
    })),
  );
  return dated.sort((left, right) => right.changed - left.changed);
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
  return isRecord(content) && typeof content["id"] === "string" && isId(content["id"]);
}

/** An id names a file, so it holds nothing that leads elsewhere. */
const isId = (id: string) => /^[\w-]+$/.test(id) && `${id}.json` !== currentFile;

function isStored(
  content: unknown,
): content is { readonly name?: unknown; readonly turns: readonly ChatTurnRecord[] } {
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
