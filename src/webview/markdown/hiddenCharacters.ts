import { findHiddenCharacters } from "../../core/answer/hiddenCharacters";

/** Replaces each hidden character in the text below `root` by its code point, visibly. */
export function showHiddenCharacters(root: Node): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    if (findHiddenCharacters(node.data).length > 0) found.push(node);
  }
  for (const node of found) node.replaceWith(...visibleParts(node.data));
}

function visibleParts(text: string): readonly (Node | string)[] {
  const parts: (Node | string)[] = [];
  let from = 0;
  for (const { start, end, name } of findHiddenCharacters(text)) {
    parts.push(text.slice(from, start));
    const mark = document.createElement("span");
    mark.className = "hidden-character";
    mark.textContent = name;
    parts.push(mark);
    from = end;
  }
  return [...parts, text.slice(from)];
}
