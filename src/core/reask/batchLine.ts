/** A line of a batch: a document to ask about, with whatever else the line holds. */
export interface BatchLine {
  readonly id: string | number;
  readonly document: string;
  /** The line's own prompt; it goes before the batch's. */
  readonly prompt?: string;
  /** All fields as they were, in their order. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export type ReadBatchLine =
  { readonly kind: "line"; readonly value: BatchLine } | { readonly kind: "malformed"; readonly why: string };

export function readBatchLine(text: string): ReadBatchLine {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { kind: "malformed", why: "it is not JSON" };
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    return { kind: "malformed", why: "it is not a JSON object" };
  const fields = parsed as Readonly<Record<string, unknown>>;
  const { id, document, prompt } = fields;
  if (typeof id !== "string" && typeof id !== "number") return { kind: "malformed", why: "it has no id" };
  if (typeof document !== "string" || document.trim() === "")
    return { kind: "malformed", why: "it has no document" };
  return {
    kind: "line",
    value: { id, document, fields, ...(typeof prompt === "string" && prompt !== "" && { prompt }) },
  };
}

/** The line as it goes out: its fields in their order, with what was found; without its prompt when that is to be dropped. */
export function writeBatchLine(
  { fields }: BatchLine,
  found: Readonly<Record<string, unknown>>,
  dropPrompt: boolean,
): string {
  const kept = Object.entries(fields).filter(([key]) => !(dropPrompt && key === "prompt") && !(key in found));
  return JSON.stringify({ ...Object.fromEntries(kept), ...found });
}
