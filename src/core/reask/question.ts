import type { ChatMessage } from "../models/modelServer";

/** Goes into every calibration: another wording gives other numbers. */
export const reaskPromptVersion = "1";

export type ReaskKind = "code" | "explanation" | "statement" | "own";

const rule = "Answer with one word, Yes or No.";
const questions: Readonly<Record<Exclude<ReaskKind, "own">, string>> = {
  code: `Is the code in your answer correct, does it compile, and does it do what was asked? ${rule}`,
  explanation: `Is everything in your answer correct, and does it answer what was asked? ${rule}`,
  statement: `Is the statement correct? ${rule}`,
};

/**
 * Asks again about an answer just given: the same messages, then the answer, then the question. What the server has read for the answer is
 * a prefix of this, so that only the question is new to it.
 */
export function reaskMessages({
  messages,
  answer,
  kind,
  question,
}: {
  readonly messages: readonly ChatMessage[];
  readonly answer: string;
  readonly kind: ReaskKind;
  /** The person's own question; needed for the kind `own`. */
  readonly question?: string;
}): readonly ChatMessage[] {
  return [
    ...messages,
    { role: "assistant", content: answer },
    { role: "user", content: questionOf(kind, question) },
  ];
}

export function questionOf(kind: ReaskKind, question = ""): string {
  if (kind !== "own") return questions[kind];
  return /yes or no/i.test(question) ? question.trim() : `${question.trim()} ${rule}`;
}

/**
 * Asks about a document of a batch: the prompt first, which is the same for all, then the document, then the instruction. With labels the
 * model has named one, and is asked whether it is right.
 */
export function documentMessages({
  prompt,
  document,
  trailing,
  named,
}: {
  readonly prompt: string;
  readonly document: string;
  readonly trailing: string;
  readonly named?: string;
}): readonly ChatMessage[] {
  const parts = [
    prompt,
    document,
    named === undefined ? trailing : `Answer: ${named}\n\nIs this answer right? ${rule}`,
  ];
  return [{ role: "user", content: parts.filter((part) => part.trim() !== "").join("\n\n") }];
}

/** Asks for one of several labels, by its name. */
export function labelMessages({
  prompt,
  document,
  trailing,
  labels,
}: {
  readonly prompt: string;
  readonly document: string;
  readonly trailing: string;
  readonly labels: readonly string[];
}): readonly ChatMessage[] {
  const choice = `Answer with one of these labels and nothing else: ${labels.join(", ")}.`;
  return documentMessages({ prompt, document, trailing: `${trailing}\n${choice}`.trim() });
}

/** The label that a model's words name; the first that occurs in them, the longest when several start there. */
export function namedLabel(text: string, labels: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  return labels
    .map((label) => ({ label, at: lower.indexOf(label.toLowerCase()) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.label.length - a.label.length)[0]?.label;
}
