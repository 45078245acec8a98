/** Renders blocks as Markdown and cuts the ones that are too long for a passage where it hurts least. */
import { cutLines, cutWords } from "./cutText";
import type { Piece } from "./piece";
import type { Block } from "./section";
import { tablePieces } from "./tablePieces";

/**
 * Every piece is at most `room` long; tables are cut near the target because their rows are about many things.
 * @param room longest piece, in UTF-16 code units
 * @param target wished length of what has to be cut anyway
 */
export function blockPieces(block: Block, room: number, target: number): readonly Piece[] {
  const page = block.page === undefined ? {} : { page: block.page };
  return textPieces(block, room, target).map((piece) => ({ ...page, ...piece }));
}

function textPieces(block: Block, room: number, target: number): readonly Piece[] {
  switch (block.kind) {
    case "prose":
      return cutWords(block.text, room, target).map((text) => ({ text }));
    case "admonition":
      return cutWords(block.text, room - 100, target)
        .map((text) => ({
          text: `**${block.label}:** ${text}`.replace(/^/gm, "> "),
        }))
        .flatMap(({ text }) =>
          text.length <= room ? [{ text }] : cutLines(text, room).map((part) => ({ text: part })),
        );
    case "list":
      return (block.text.length <= room ? [block.text] : cutLines(block.text, target)).map((text) => ({
        text,
      }));
    case "table":
      return tablePieces(block.text, room, target);
    case "code":
      return codePieces(block, room);
  }
}

/** A listing stays whole when it fits at all; parts of a longer one say that they go on. */
function codePieces(block: Block & { kind: "code" }, room: number): readonly Piece[] {
  const fence = "`".repeat(Math.max(3, ...[...block.text.matchAll(/`{3,}/g)].map(([run]) => run.length + 1)));
  const framed = (code: string, note: string) => {
    const caption = [block.caption && `**${block.caption}**`, note].filter(Boolean).join(" ");
    return `${caption ? `${caption}\n` : ""}${fence}${block.language ?? ""}\n${code}\n${fence}`;
  };
  const whole = framed(block.text, "");
  if (whole.length <= room) return [{ text: whole }];
  const overhead = framed("", "(continued)").length;
  return cutLines(block.text, room - overhead).map((code, index) => ({
    text: framed(code, index === 0 ? "" : "(continued)"),
  }));
}
