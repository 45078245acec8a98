/** What the person put beside the question, each item whole or not at all. */
import type { ContextItem } from "../answer/answer";

export interface ContextText {
  readonly text: string;
  /** In words, what did not fit. */
  readonly leftOut: readonly string[];
}

export function contextText(
  items: readonly ContextItem[],
  room: number,
  tokensOf: (text: string) => number,
): ContextText {
  const kept: string[] = [];
  const leftOut: string[] = [];
  let left = room;
  for (const item of items) {
    const text = itemText(item);
    const tokens = tokensOf(text);
    if (tokens <= left) {
      kept.push(text);
      left -= tokens;
    } else leftOut.push(`${item.label} (about ${tokens} tokens)`);
  }
  return { text: kept.join("\n\n"), leftOut };
}

export function contextTokens(items: readonly ContextItem[], tokensOf: (text: string) => number): number {
  return items.reduce((sum, item) => sum + tokensOf(itemText(item)), 0);
}

function itemText({ label, languageId, text }: ContextItem): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${label}:\n${fence}${languageId}\n${text.trimEnd()}\n${fence}`;
}
