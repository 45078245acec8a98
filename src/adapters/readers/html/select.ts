/** CSS selectors over a parsed page, typed: what a selector finds is an element. */
import { selectAll, selectOne } from "css-select";
import type { AnyNode, Element } from "domhandler";

/** The first element in the document's order. */
export function first(selector: string, root: AnyNode): Element | undefined {
  return selectOne<AnyNode, Element>(selector, root) ?? undefined;
}

export function all(selector: string, root: AnyNode): readonly Element[] {
  return selectAll<AnyNode, Element>(selector, root);
}
