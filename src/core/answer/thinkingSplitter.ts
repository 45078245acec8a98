/**
 * Parts a model's `<think>…</think>` from its answer while it streams. Servers that know a thinking model deliver its thoughts apart; for
 * the others the tags arrive in the text, often split over tokens.
 */
export interface ThinkingPart {
  readonly type: "thinking" | "token";
  readonly text: string;
}

export interface ThinkingSplitter {
  push(token: string): readonly ThinkingPart[];
  end(): readonly ThinkingPart[];
}

const opening = "<think>";
const closing = "</think>";

/** Only a tag at the very start of the answer opens thinking: later ones are text (an answer may speak of such tags). */
export function createThinkingSplitter(): ThinkingSplitter {
  let state: "start" | "thinking" | "after-thinking" | "answer" = "start";
  let held = "";

  const step = (last: boolean): ThinkingPart | undefined => {
    switch (state) {
      case "start": {
        const text = held.trimStart();
        if (text.startsWith(opening)) {
          held = text.slice(opening.length);
          state = "thinking";
          return { type: "thinking", text: "" };
        }
        if (!last && opening.startsWith(text)) return undefined;
        state = "answer";
        return { type: "token", text: "" };
      }
      case "thinking": {
        const end = held.indexOf(closing);
        if (end >= 0) {
          const text = held.slice(0, end);
          held = held.slice(end + closing.length);
          state = "after-thinking";
          return { type: "thinking", text };
        }
        const keep = last ? 0 : overlap(held, closing);
        if (held.length === keep) return undefined;
        const text = held.slice(0, held.length - keep);
        held = held.slice(held.length - keep);
        return { type: "thinking", text };
      }
      case "after-thinking": {
        held = held.trimStart();
        if (held.length === 0) return undefined;
        state = "answer";
        return { type: "token", text: "" };
      }
      case "answer": {
        if (held.length === 0) return undefined;
        const text = held;
        held = "";
        return { type: "token", text };
      }
    }
  };

  const drain = (last: boolean): readonly ThinkingPart[] => {
    const parts: ThinkingPart[] = [];
    for (let part = step(last); part !== undefined; part = step(last))
      if (part.text.length > 0) parts.push(part);
    return parts;
  };

  return {
    push(token) {
      held += token;
      return drain(false);
    },
    end: () => drain(true),
  };
}

/** Length of the longest end of `text` that `tag` begins with. */
function overlap(text: string, tag: string): number {
  for (let length = Math.min(text.length, tag.length - 1); length > 0; length--) {
    if (text.endsWith(tag.slice(0, length))) return length;
  }
  return 0;
}
