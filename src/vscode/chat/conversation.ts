/** What the model is told of the turns before a question. */
import type { ChatTurn } from "../../core/answer/answer";
import type { ChatTurnRecord } from "../../protocol/chat";

export interface Conversation {
  /** Questions with their code, and answers as far as they came; two entries for each of `included`. */
  readonly turns: readonly ChatTurn[];
  /** Ids of the turns that the entries are of. */
  readonly included: readonly string[];
  /** What stands for all turns before these. */
  readonly summary?: string;
}

/** The conversation before a turn, or before a new one when there is no turn of that id. */
export function conversationBefore(all: readonly ChatTurnRecord[], turnId: string): Conversation {
  const position = all.findIndex(({ id }) => id === turnId);
  const before = all.slice(0, position === -1 ? all.length : position);
  const summary = before.findLast((turn) => turn.summary !== undefined)?.summary;
  // A summary of turns that are gone (the oldest of a very long chat are) still stands for what was before the others.
  const from = summary === undefined ? 0 : before.findIndex(({ id }) => id === summary.upTo) + 1;
  const told = before.slice(from).filter(({ answer }) => answer.text !== "");
  return {
    turns: told.flatMap(({ instruction, attached, answer }): readonly ChatTurn[] => [
      {
        role: "user",
        text: attached
          ? `${instruction}\n\n\`\`\`${attached.languageId}\n${attached.text}\n\`\`\``
          : instruction,
      },
      { role: "assistant", text: answer.text },
    ]),
    included: told.map(({ id }) => id),
    ...(summary !== undefined && { summary: summary.text }),
  };
}

/** A turn that is asked anew gets a summary of its own, if it needs one. */
export function withoutSummary(turn: ChatTurnRecord): ChatTurnRecord {
  const { summary, ...rest } = turn;
  return summary === undefined ? turn : rest;
}
