import type { ChatAnswer, ChatTurnRecord } from "../../../src/protocol/chat";

/** A turn for tests; `answer` says what matters in them. */
export function turnRecord(
  id: string,
  answer: Partial<ChatAnswer>,
  askedAt = "2026-01-01T00:00:00.000Z",
): ChatTurnRecord {
  return {
    id,
    kind: "chat",
    instruction: `Question ${id}`,
    withDocuments: true,
    askedAt,
    answer: {
      state: "done",
      text: "",
      thinking: "",
      passages: [],
      citations: [],
      leftOut: [],
      truncated: false,
      ...answer,
    },
  };
}
