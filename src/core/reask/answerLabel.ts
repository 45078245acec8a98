/** Answers of which is known whether they were right: what a person accepted, discarded or judged, and what the checks found. */
import { z } from "zod";
import type { LabelledCase } from "../calibration/labelledCase";

/** Who says so, the surest last: a later word of a surer source replaces an earlier one, never the other way. */
export const labelSources = ["decision", "checks", "person"] as const;
export type LabelSource = (typeof labelSources)[number];

const scheme = z.object({
  id: z.string().min(1).max(200),
  label: z.union([z.literal(0), z.literal(1)]),
  source: z.enum(labelSources),
  model: z.string(),
  kind: z.enum(["code", "explanation", "statement", "own"]),
  promptVersion: z.string(),
  embedder: z.string().optional(),
  question: z.string(),
  document: z.string(),
  attributes: z.array(z.number().nullable()),
  /** ISO 8601. */
  at: z.string(),
});

/** One answer with its label, as a line of the file of labels has it. */
export type AnswerLabel = Readonly<z.infer<typeof scheme>>;

/** Characters of question and answer that are kept, to recognise the case by. */
const keptCharacters = 2_000;

export function trimmedLabel(label: AnswerLabel): AnswerLabel {
  return {
    ...label,
    question: label.question.slice(0, keptCharacters),
    document: label.document.slice(0, keptCharacters),
  };
}

/** The label of a line; `undefined` for a line that is none. */
export function readLabel(line: string): AnswerLabel | undefined {
  try {
    const read = scheme.safeParse(JSON.parse(line));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** The labels with one more; what a surer source said of the same answer stays. */
export function withLabel(labels: readonly AnswerLabel[], added: AnswerLabel): readonly AnswerLabel[] {
  const known = labels.find(({ id }) => id === added.id);
  if (!known) return [...labels, added];
  if (rank(known) > rank(added)) return labels;
  return labels.map((label) => (label === known ? added : label));
}

/** The label in the other word, by the person; `undefined` takes it away. */
export function corrected(
  labels: readonly AnswerLabel[],
  id: string,
  label: 0 | 1 | undefined,
): readonly AnswerLabel[] {
  if (label === undefined) return labels.filter((each) => each.id !== id);
  return labels.map((each) => (each.id === id ? { ...each, label, source: "person" as const } : each));
}

function rank({ source }: AnswerLabel): number {
  return labelSources.indexOf(source);
}

/** As a fit reads it: answers to one question stay together. */
export function caseOfLabel({
  id,
  label,
  document,
  attributes,
  question,
  source,
}: AnswerLabel): LabelledCase {
  return { id, label, document, attributes, group: question, info: source };
}
