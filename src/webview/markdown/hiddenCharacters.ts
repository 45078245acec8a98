/**
 * Characters that change what a reader sees without being seen: direction overrides and isolates, marks, zero-width spaces, the tag block.
 * The joiners U+200C and U+200D stay, since scripts and emoji need them.
 */
const hidden = /[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** Replaces each hidden character in the text below `root` by its code point, visibly. */
export function showHiddenCharacters(root: Node): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    if (node.data.search(hidden) !== -1) found.push(node);
  }
  for (const node of found) node.replaceWith(...visibleParts(node.data));
}

function visibleParts(text: string): readonly (Node | string)[] {
  const parts: (Node | string)[] = [];
  let from = 0;
  for (const match of text.matchAll(hidden)) {
    parts.push(text.slice(from, match.index));
    const mark = document.createElement("span");
    mark.className = "hidden-character";
    mark.textContent = `U+${(match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
    parts.push(mark);
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}
