import type { AttributeRow } from "./attributes";

/** A case as a line of a JSON Lines file has it; `label` is missing where the truth is not known. */
export interface Case {
  readonly id: string;
  readonly label?: 0 | 1;
  readonly document: string;
  readonly attributes: AttributeRow;
  /** What the case belongs with (a topic, a task); cases of one group are never on both sides of a fit. */
  readonly group?: string;
  readonly info?: string;
}

export type LabelledCase = Case & { readonly label: 0 | 1 };

export type ReadCase =
  { readonly kind: "case"; readonly value: Case } | { readonly kind: "malformed"; readonly why: string };

/** Reads one line; what is wrong with it is said in a few words. Labels other than 0 and 1 (-1: not known) are no labels. */
export function readCase(line: string): ReadCase {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return { kind: "malformed", why: "it is not JSON" };
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    return { kind: "malformed", why: "it is not a JSON object" };
  const { id, label, document, attributes, group, info } = parsed as Readonly<Record<string, unknown>>;
  if (typeof id !== "string" && typeof id !== "number") return { kind: "malformed", why: "it has no id" };
  if (!Array.isArray(attributes)) return { kind: "malformed", why: "it has no attributes" };
  const row: (number | null)[] = [];
  for (const value of attributes as readonly unknown[]) {
    if (value !== null && (typeof value !== "number" || !Number.isFinite(value)))
      return { kind: "malformed", why: "an attribute is not a number" };
    row.push(value);
  }
  return {
    kind: "case",
    value: {
      id: String(id),
      document: typeof document === "string" ? document : "",
      attributes: row,
      ...((label === 0 || label === 1) && { label }),
      ...(typeof group === "string" && group !== "" && { group }),
      ...(typeof info === "string" && info !== "" && { info }),
    },
  };
}

export function isLabelled(value: Case): value is LabelledCase {
  return value.label !== undefined;
}
