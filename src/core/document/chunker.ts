/**
 * Cuts sections into passages. A passage never mixes two sections, so the anchor of a citation stays true; it begins with its heading
 * path, so that it can be understood and found alone.
 */
import { blockPieces } from "./blockPieces";
import type { Piece } from "./piece";
import { maximumPassageLength, type Chunk } from "./chunk";
import type { ReadDocument, Section } from "./section";

/**
 * Where a passage is closed when more follows: large enough to answer one question, small enough to be about one thing, and about what the
 * embedding model reads (256 tokens).
 */
const targetLength = 1_400;

/** A rest shorter than this joins the passage before it, when it fits. */
const smallRest = 350;

/** A paragraph that leads to what follows ("as shown in the following example:") goes with it, when it is not longer than this. */
const longestLeadIn = 400;

/** Linear in the length of the document. */
export function chunkDocument(document: ReadDocument): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (const section of document.sections) {
    const heading = headingLine(section.headingPath);
    const room = maximumPassageLength - heading.length - 2;
    const pieces = section.blocks.flatMap((block) => blockPieces(block, room, targetLength));
    for (const group of packed(pieces, room)) chunks.push(chunkOf(section, group, chunks.length));
  }
  return chunks;
}

/** Outer headings give way when a path is very long. */
function headingLine(path: readonly string[]): string {
  const longest = maximumPassageLength / 5;
  let line = path.join(" > ");
  for (let from = 1; line.length > longest && from < path.length; from++) line = path.slice(from).join(" > ");
  return line.length > longest ? line.slice(0, longest) : line;
}

function chunkOf(section: Section, pieces: readonly Piece[], ordinal: number): Chunk {
  const topic = commonTopic(pieces);
  const headingPath = topic === undefined ? section.headingPath : [...section.headingPath, topic];
  const body = pieces.map((piece) => piece.text).join("\n\n");
  const heading = headingLine(headingPath);
  const text = heading ? `${heading}\n\n${body}` : body;
  const page = pieces[0]?.page ?? section.page;
  return {
    ordinal,
    // The topic of table rows is extra; it gives way when the rows leave no room for it.
    text: text.length <= maximumPassageLength ? text : `${headingLine(section.headingPath)}\n\n${body}`,
    headingPath,
    ...(section.anchor !== undefined && { anchor: section.anchor }),
    ...(page !== undefined && { page }),
  };
}

function commonTopic(pieces: readonly Piece[]): string | undefined {
  const [first] = pieces;
  return first?.topic !== undefined && pieces.every((piece) => piece.topic === first.topic)
    ? first.topic
    : undefined;
}

/** Groups of pieces, none longer than the room, closed near the target. */
function packed(pieces: readonly Piece[], room: number): Piece[][] {
  const groups: Piece[][] = [];
  let group: Piece[] = [];
  let length = 0;
  const close = () => {
    if (group.length > 0) groups.push(group);
    group = [];
    length = 0;
  };
  for (const piece of pieces) {
    const joined = length === 0 ? piece.text.length : length + 2 + piece.text.length;
    const overTarget = length > 0 && joined > targetLength && !(leadsOn(group.at(-1)) && joined <= room);
    if (length > 0 && (joined > room || overTarget)) {
      const lead = leadsOn(group.at(-1)) && group.length > 1 ? group.pop() : undefined;
      close();
      if (lead && lead.text.length + 2 + piece.text.length <= room) {
        group = [lead];
        length = lead.text.length;
      } else if (lead) groups.at(-1)?.push(lead);
    }
    group.push(piece);
    length = length === 0 ? piece.text.length : length + 2 + piece.text.length;
  }
  close();
  return joinSmallRest(groups, room);
}

function leadsOn(piece: Piece | undefined): boolean {
  return piece !== undefined && piece.text.length <= longestLeadIn && piece.text.endsWith(":");
}

function joinSmallRest(groups: Piece[][], room: number): Piece[][] {
  const last = groups.at(-1);
  const before = groups.at(-2);
  if (!last || !before || lengthOf(last) > smallRest || lengthOf(before) + 2 + lengthOf(last) > room)
    return groups;
  return [...groups.slice(0, -2), [...before, ...last]];
}

function lengthOf(group: readonly Piece[]): number {
  return group.reduce((sum, piece) => sum + piece.text.length + 2, -2);
}
