import type { Block } from "../../../core/document/section";

/** Listings in comments are indented as the comment is, and are Java where nothing else is said. */
export function tidyCode(block: Block): Block {
  if (block.kind !== "code") return block;
  const lines = block.text.split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const least = Math.min(...indents);
  const text = lines.map((line) => line.slice(least)).join("\n");
  const isMarkup = text.startsWith("<") || /^[\w.-]+\s*[=:]/.test(text);
  return { ...block, text, language: block.language ?? (isMarkup ? "text" : "java") };
}
