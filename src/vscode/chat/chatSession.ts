/**
 * The conversation: its turns, the one answer that runs, and their way into the history. It knows neither the editor nor the view; an
 * answer goes on while nobody looks.
 */
import type {
  AnswerEvent,
  AnswerResult,
  ChatTurn,
  ContextItem,
  SelectionContext,
} from "../../core/answer/answer";
import { failureOf, isAbort } from "../../core/failure";
import { english, type Translate } from "../../core/translate";
import type {
  AttachedCode,
  ChatAnswer,
  ChatNotification,
  ChatTurnRecord,
  ChosenSet,
  VersionLabel,
} from "../../protocol/chat";
import type { ChatHistory, StoredChat } from "./chatHistory";
import { problemOf } from "./chatProblem";
import { conversationBefore, withoutSummary } from "./conversation";

export interface Question {
  readonly kind: ChatTurnRecord["kind"];
  readonly instruction: string;
  readonly withDocuments: boolean;
  readonly attached?: AttachedCode;
  readonly selection?: SelectionContext;
  readonly context?: readonly ContextItem[];
  readonly sets?: readonly ChosenSet[];
  /** Answers instead of the model of the settings. */
  readonly model?: string;
  /** Stands in the place of the messages before those that go along. */
  readonly summary?: string;
}

export interface AnswerReport {
  /** Once it is known what the request is made of. */
  readonly prepared: (facts: { readonly model: string; readonly version?: VersionLabel }) => void;
  readonly event: (event: AnswerEvent) => void;
}

/** Prepares the request and gives it to the engine. */
export type AnswerQuestion = (
  question: Question,
  history: readonly ChatTurn[],
  report: AnswerReport,
  signal: AbortSignal,
) => Promise<AnswerResult>;

export interface ChatSessionProps {
  readonly answerQuestion: AnswerQuestion;
  readonly history: ChatHistory;
  readonly notify: (notification: ChatNotification) => void;
  readonly newId: () => string;
  readonly now: () => number;
  readonly warn: (line: string) => void;
  /** Absent: English. */
  readonly translate?: Translate;
}

export interface ChatSession {
  /** The turns with all that has arrived. */
  turns(): Promise<readonly ChatTurnRecord[]>;
  /** Asks, and resolves when the answer has ended, well or not. An answer that still runs is stopped first, and kept. */
  ask(question: Question): Promise<void>;
  /** Answers a turn anew in its place, by another model if one is named. */
  retry(turnId: string, model?: string): Promise<void>;
  /**
   * Asks a turn's question in other words. The last turn is replaced; before others a new chat goes on from there, and the old one stays
   * in the history as it was.
   */
  edit(turnId: string, instruction: string): Promise<void>;
  /** What the open chat is called, and its turns. */
  chat(): Promise<StoredChat>;
  /** Goes on with a chat of the history; false when it is gone. */
  switchTo(chatId: string): Promise<boolean>;
  /** Takes the open chat's new name from the history. */
  renamed(name: string | undefined): void;
  stop(): Promise<void>;
  newChat(): Promise<void>;
  dispose(): void;
}

/** Milliseconds that tokens are gathered before they are sent on, and that a running answer may be ahead of its file. */
const tokenBatch = 40;
const saveInterval = 5_000;

interface Running {
  readonly turnId: string;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

export function createChatSession(props: ChatSessionProps): ChatSession {
  const { answerQuestion, history, notify, newId, now, warn, translate = english } = props;
  const questions = new Map<string, Question>();
  const opened: Promise<StoredChat> = history.open().catch((error: unknown) => {
    warn(`the chat history cannot be read: ${String(error)}`);
    return { id: newId(), turns: [] };
  });
  let chat: StoredChat = { id: "", turns: [] };
  const ready = opened.then((stored) => {
    chat = stored;
  });
  let running: Running | undefined;

  const put = (turn: ChatTurnRecord) => {
    const known = chat.turns.some(({ id }) => id === turn.id);
    const turns = known
      ? chat.turns.map((each) => (each.id === turn.id ? turn : each))
      : [...chat.turns, turn];
    chat = { ...chat, turns };
  };
  const save = async () => {
    try {
      await history.save(chat);
    } catch (error) {
      warn(`the chat could not be saved: ${String(error)}`);
    }
  };

  /** Runs one answer to its end; every change goes into the turn first and to the view after. */
  const run = async (turnId: string, question: Question, signal: AbortSignal) => {
    const current = () => chat.turns.find(({ id }) => id === turnId);
    const change = (part: Partial<Omit<ChatTurnRecord, "answer">>, answer: Partial<ChatAnswer>) => {
      const turn = current();
      if (turn) put({ ...turn, ...part, answer: { ...turn.answer, ...answer } });
    };
    const show = () => {
      const turn = current();
      if (turn) notify({ type: "turn", turn });
    };
    const pieces = createPieces(turnId, notify);
    const conversation = conversationBefore(chat.turns, turnId);
    const saving = setInterval(() => void save(), saveInterval);

    const report: AnswerReport = {
      prepared: ({ model, version }) => {
        change({ model, ...(version && { version }) }, {});
        show();
      },
      event: (event) => {
        const answer = current()?.answer;
        if (signal.aborted || !answer) return;
        switch (event.type) {
          case "token":
            pieces.add("token", answer.text.length, event.text);
            change({}, { text: answer.text + event.text });
            break;
          case "thinking":
            pieces.add("thinking", answer.thinking.length, event.text);
            change({}, { thinking: answer.thinking + event.text });
            break;
          case "passages":
            change({}, { passages: event.passages, answered: event.answered });
            if (!event.answered) show();
            break;
          case "summary": {
            const last = conversation.included[Math.ceil(event.messages / 2) - 1];
            if (!last) break;
            const questions = chat.turns.findIndex(({ id }) => id === last) + 1;
            change({ summary: { text: event.text, upTo: last, questions } }, {});
            show();
            break;
          }
          case "left-out":
            change({}, { leftOut: event.what });
            break;
          case "status": {
            const progress = { status: event.status, since: now() };
            change({}, { progress });
            notify({ type: "progress", turnId, progress, passages: current()?.answer.passages.length ?? 0 });
            break;
          }
        }
      },
    };

    try {
      const { turns, summary } = conversation;
      const asked = { ...question, ...(summary !== undefined && { summary }) };
      const result = await answerQuestion(asked, turns, report, signal);
      change({}, { state: "done", ...result });
    } catch (error) {
      if (isAbort(error)) change({}, { state: "stopped" });
      else {
        const failure = failureOf(error);
        warn(`the answer failed: ${JSON.stringify(failure)}`);
        change({}, { state: "failed", problem: problemOf(failure, translate) });
      }
    } finally {
      clearInterval(saving);
      pieces.drop();
      show();
    }
    await save();
  };

  const start = async (turn: ChatTurnRecord, question: Question) => {
    const controller = new AbortController();
    questions.set(turn.id, question);
    put(turn);
    notify({ type: "turn", turn });
    void save(); // so that a question survives a crash
    const ended = run(turn.id, question, controller.signal).finally(() => {
      if (running?.turnId === turn.id) running = undefined;
    });
    running = { turnId: turn.id, controller, ended };
    await ended;
  };
  const stop = async () => {
    while (running) {
      running.controller.abort();
      await running.ended;
    }
  };
  /** Another chat that is on its way: what is asked meanwhile is asked there. */
  let changing: Promise<unknown> = ready;
  const changeChat = <Result>(change: () => Promise<Result>): Promise<Result> => {
    const changed = changing.then(stop).then(change);
    changing = changed.catch(() => undefined);
    return changed;
  };

  return {
    async turns() {
      await ready;
      return chat.turns;
    },
    async ask(question) {
      await changing;
      await stop();
      const { kind, instruction, attached, context, sets, withDocuments } = question;
      const askedAt = new Date(now()).toISOString();
      const turn = { id: newId(), kind, instruction, withDocuments, askedAt, answer: emptyAnswer(now()) };
      const along = { ...(attached && { attached }), ...(context && { context }), ...(sets && { sets }) };
      await start({ ...turn, ...along }, question);
    },
    async retry(turnId, model) {
      await changing;
      await stop();
      const turn = chat.turns.find(({ id }) => id === turnId);
      if (!turn) return;
      const { model: earlier, ...question } = questions.get(turnId) ?? questionOf(turn);
      const chosen = model ?? earlier;
      await start(
        { ...withoutSummary(turn), answer: emptyAnswer(now()) },
        { ...question, ...(chosen !== undefined && { model: chosen }) },
      );
    },
    async edit(turnId, instruction) {
      await changing;
      await stop();
      const position = chat.turns.findIndex(({ id }) => id === turnId);
      const turn = chat.turns[position];
      if (!turn) return;
      const question = { ...(questions.get(turnId) ?? questionOf(turn)), instruction };
      const edited = {
        ...withoutSummary(turn),
        instruction,
        kind: "chat" as const,
        answer: emptyAnswer(now()),
      };
      if (position === chat.turns.length - 1) return start(edited, { ...question, kind: "chat" });
      const earlier = chat.turns.slice(0, position);
      const { name } = chat;
      await changeChat(async () => {
        chat = { ...(await history.startNew()), turns: earlier, ...(name !== undefined && { name }) };
      });
      const askedAt = new Date(now()).toISOString();
      const fresh = { ...edited, id: newId(), askedAt };
      notify({ type: "restarted" });
      await start(fresh, { ...question, kind: "chat" });
    },
    async chat() {
      await ready;
      return chat;
    },
    switchTo: (chatId) =>
      changeChat(async () => {
        const opened = await history.openChat(chatId);
        if (!opened) return false;
        questions.clear();
        chat = opened;
        return true;
      }),
    renamed(name) {
      const { id, turns } = chat;
      chat = { id, turns, ...(name !== undefined && { name }) };
    },
    stop,
    newChat: () =>
      changeChat(async () => {
        questions.clear();
        try {
          chat = await history.startNew();
        } catch (error) {
          warn(`the new chat could not be noted: ${String(error)}`);
          chat = { id: newId(), turns: [] };
        }
      }),
    dispose: () => running?.controller.abort(),
  };
}

/** Gathers tokens for a few milliseconds, so that a fast model does not cost a message a token. */
function createPieces(turnId: string, notify: ChatSessionProps["notify"]) {
  let waiting:
    { readonly type: "token" | "thinking"; readonly offset: number; readonly text: string } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting) notify({ ...waiting, turnId });
    waiting = undefined;
  };
  return {
    add(type: "token" | "thinking", offset: number, text: string) {
      if (waiting?.type !== type) flush();
      waiting = waiting ? { ...waiting, text: waiting.text + text } : { type, offset, text };
      timer ??= setTimeout(flush, tokenBatch);
    },
    /** The whole turn follows, so that what waits is not needed. */
    drop() {
      clearTimeout(timer);
      waiting = undefined;
    },
  };
}

function emptyAnswer(since: number): ChatAnswer {
  return {
    state: "running",
    text: "",
    thinking: "",
    passages: [],
    citations: [],
    leftOut: [],
    truncated: false,
    progress: { status: "retrieving", since },
  };
}

/** A turn from an earlier session has no surroundings of its code any more. */
function questionOf({ kind, instruction, withDocuments, attached, context, sets }: ChatTurnRecord): Question {
  const asked = { kind, instruction, withDocuments, ...(context && { context }), ...(sets && { sets }) };
  if (!attached) return asked;
  const { languageId, text, file, startLine, endLine } = attached;
  const selection = {
    ...{ languageId, text, before: "", after: "" },
    ...(file !== undefined && { file }),
    ...(startLine !== undefined && { startLine }),
    ...(endLine !== undefined && { endLine }),
  };
  return { ...asked, attached, selection };
}
