/** Long chats: when earlier messages take more of the window than there is for them, the older ones give way to a summary. */
import type { ChatTurn } from "../answer/answer";
import type { ChatMessage } from "../models/modelServer";
import { messageOverhead } from "./tokenEstimate";

export interface SummaryPlan {
  /** What the summary stands for; oldest first. */
  readonly older: readonly ChatTurn[];
  /** What stays word by word. */
  readonly latest: readonly ChatTurn[];
}

export interface SummaryRequest {
  readonly history: readonly ChatTurn[];
  /** What stands for still earlier messages. */
  readonly summary?: string;
  /** Tokens that earlier messages may take. */
  readonly room: number;
  readonly tokensOf: (text: string) => number;
}

/** Undefined while all of it fits, and where there is nothing that could be left out. */
export function planSummary({
  history,
  summary = "",
  room,
  tokensOf,
}: SummaryRequest): SummaryPlan | undefined {
  const sizes = history.map(({ text }) => tokensOf(text) + messageOverhead);
  const total = sizes.reduce((sum, size) => sum + size, tokensOf(summary));
  if (total <= room) return undefined;
  // Half of the room stays for the summary and for what is said next, so that not every question needs another summary.
  let from = history.length;
  let kept = 0;
  while (from > 0 && kept + (sizes[from - 1] ?? 0) <= room / 2) kept += sizes[--from] ?? 0;
  while (from < history.length && history[from]?.role !== "user") from++;
  return from === 0 ? undefined : { older: history.slice(0, from), latest: history.slice(from) };
}

/** Characters that a token takes at least, in the prose and code of answers. */
const charactersPerToken = 3;

/** What the model is asked for a summary; each message goes along as far as there is room (tokens) for all of them. */
export function summaryMessages(
  older: readonly ChatTurn[],
  summary: string | undefined,
  room: number,
): readonly ChatMessage[] {
  const each = Math.max(200, Math.floor((room * charactersPerToken) / Math.max(1, older.length)));
  const transcript = older.map(
    ({ role, text }) => `${role === "user" ? "Developer" : "Assistant"}: ${shortened(text, each)}`,
  );
  return [
    {
      role: "system",
      content:
        "You summarise a conversation between a developer and an assistant, so that it can go on without its words. Say what the developer wants, what was decided, which classes, properties, versions and values were named, and what is open. Write at most 150 words, no introduction and no code blocks.",
    },
    {
      role: "user",
      content: [
        ...(summary === undefined ? [] : [`What was said before:\n${summary}`]),
        `The conversation:\n\n${transcript.join("\n\n")}`,
        "Summarise all of it.",
      ].join("\n\n"),
    },
  ];
}

/** The beginning says what it is about, the end what came of it. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const half = Math.floor(length / 2);
  return `${text.slice(0, half)} […] ${text.slice(-half)}`;
}

/** How the summary stands in the prompt. */
export function summaryText(summary: string): string {
  return `Earlier in this conversation, in short:\n${summary.trim()}`;
}
