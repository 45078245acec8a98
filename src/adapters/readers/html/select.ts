/** CSS selectors over a parsed page, typed: what a selector finds is an element. */
import { compile, selectAll, selectOne } from "css-select";
import type { AnyNode, Element } from "domhandler";

/** Compiling takes longer than most searches; one that speaks of `:scope` is compiled for its root. */
type Compiled = ReturnType<typeof compile<AnyNode, Element>>;
const compiled = new Map<string, Compiled>();

/** The first element in the document's order. */
export function first(selector: string, root: AnyNode): Element | undefined {
  return selectOne<AnyNode, Element>(query(selector), root) ?? undefined;
}

export function all(selector: string, root: AnyNode): readonly Element[] {
  return selectAll<AnyNode, Element>(query(selector), root);
}

function query(selector: string): string | Compiled {
  if (selector.includes(":scope")) return selector;
  let known = compiled.get(selector);
  if (!known) compiled.set(selector, (known = compile<AnyNode, Element>(selector)));
  return known;
}
