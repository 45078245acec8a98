/** When a selection is itself the instruction, and the list of instructions that the input box remembers. */

/** Instructions that are remembered at most. */
export const rememberedInstructions = 20;

/**
 * The words of a selection that holds comments and nothing else, without the comment marks; undefined for anything with code in it and
 * for comments without words. A commented-out line of code is words, too: the pending change shows what came of it.
 */
export function instructionOf(selection: string): string | undefined {
  const text = selection.trim();
  if (text === "") return undefined;
  const words = blockComment(text) ?? lineComments(text);
  if (words === undefined) return undefined;
  const instruction = words
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n")
    .replace(/^(TODO|FIXME)\b:?\s*/i, "");
  return /\p{L}{2}/u.test(instruction) ? instruction : undefined;
}

function blockComment(text: string): string | undefined {
  const slashes = /^\/\*+((?:(?!\*\/)[\s\S])*)\*\/$/.exec(text);
  if (slashes) return (slashes[1] ?? "").replace(/^[ \t]*\*+ ?/gm, "");
  return /^<!--((?:(?!-->)[\s\S])*)-->$/.exec(text)?.[1];
}

function lineComments(text: string): string | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const mark = /^(\/\/+|#+|!)(?!\[)/;
  if (!lines.every((line) => line === "" || mark.test(line))) return undefined;
  return lines.map((line) => line.replace(mark, "")).join("\n");
}

/** The history with an instruction at its front, each one once. */
export function rememberInstruction(history: readonly string[], instruction: string): readonly string[] {
  const words = instruction.trim();
  if (words === "") return history;
  return [words, ...history.filter((each) => each !== words)].slice(0, rememberedInstructions);
}
