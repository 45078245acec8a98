/**
 * Puts the prompt together within the model's window. The order is stable (rules, the project's facts, passages in reading order, then
 * what changes: earlier turns, the code, the task), so that a server that keeps what it has read can go on from there. What does not fit
 * is left out whole and told in words; nothing is cut.
 */
import type { AnswerRequest, WindowUse } from "../answer/answer";
import { FailureError } from "../failure";
import type { ChatMessage, ModelDetails } from "../models/modelServer";
import type { Passage } from "../search/passage";
import { contextText, contextTokens } from "./contextText";
import { promptLanguage } from "./language";
import { inReadingOrder, passagesText } from "./passagesText";
import { placeText, surroundingTokens } from "./placeText";
import { factsText, rulesText } from "./rules";
import { summaryText } from "./summary";
import { typesText, type TypesAtHand } from "./typesAtHand";
import { messageOverhead } from "./tokenEstimate";
import { chooseWindow, promptBudget, type PromptWindow } from "./window";

export interface PromptProps {
  readonly request: AnswerRequest;
  /** Best first; empty when no documents are asked. */
  readonly passages: readonly Passage[];
  /** The documents were asked and do not answer: the model is told not to speak as if they did. */
  readonly searchedInVain?: boolean;
  /** What the project's class path has of what the answer is likely to need. */
  readonly types?: TypesAtHand;
  readonly details: ModelDetails;
  /** Tokens of a text with the request's model, on the safe side. */
  readonly tokensOf: (text: string) => number;
}

export interface BuiltPrompt {
  readonly messages: readonly ChatMessage[];
  readonly window: PromptWindow;
  /** The passages in the prompt, in the order of their numbers. */
  readonly passages: readonly Passage[];
  /** Each in words for a person. */
  readonly leftOut: readonly string[];
  readonly use: WindowUse;
}

/** Tokens, roughly, of what the rules say of passages and of their headline. */
const passageRules = 90;

/** Throws `window-too-small` when rules, selection and task alone do not fit. */
export function buildPrompt({
  request,
  passages,
  searchedInVain = false,
  types,
  details,
  tokensOf,
}: PromptProps): BuiltPrompt {
  const { kind, selection, project, model, context = [] } = request;
  const summary = request.summary === undefined ? "" : summaryText(request.summary);
  const budget = promptBudget(details.parameters);
  const language = promptLanguage(selection, project);
  const version = request.springBootVersion ?? project?.springBootVersion;

  const system = (chosen: readonly Passage[], typesAtHand = "") =>
    [
      rulesText({
        ...{ kind, language, springBootVersion: version },
        ...{ withPassages: chosen.length > 0, searchedInVain },
      }),
      factsText(project, request.springBootVersion),
      summary,
      chosen.length > 0 ? `Passages:\n\n${passagesText(inReadingOrder(chosen))}` : "",
      typesAtHand,
    ]
      .filter((part) => part !== "")
      .join("\n\n");
  const { task, earlier } = taskOf(request, language.fence);
  const place = (tokens: number) =>
    selection
      ? placeText({ kind, selection, language, budget: tokens, tokensOf })
      : { text: "", leftOut: [] as readonly string[] };

  const mandatory = tokensOf(system([])) + tokensOf(place(0).text) + tokensOf(task) + 3 * messageOverhead;
  const typesWithin = (tokens: number) => (types ? typesText(types, tokens, tokensOf) : "");
  const wishes = {
    types: tokensOf(typesWithin(budget.types)),
    passages:
      passages.length > 0 ? Math.min(budget.passages, tokensOf(passagesText(passages))) + passageRules : 0,
    surroundings: selection ? Math.min(budget.surroundings, surroundingTokens(selection, tokensOf)) : 0,
    context: Math.min(budget.context, contextTokens(context, tokensOf)),
    history: Math.min(
      budget.history,
      earlier.reduce((sum, { text }) => sum + tokensOf(text) + messageOverhead, 0),
    ),
  };
  const wanted = mandatory + Object.values(wishes).reduce((sum, tokens) => sum + tokens, 0);
  const window = chooseWindow(wanted, budget, details, model.contextTokens);
  let room = window.contextTokens - window.answerTokens - mandatory;
  if (room < 0) {
    throw new FailureError({
      kind: "window-too-small",
      model: model.model,
      neededTokens: mandatory + window.answerTokens,
      windowTokens: window.contextTokens,
    });
  }

  const around = place(Math.min(wishes.surroundings, room * 0.35));
  room -= tokensOf(around.text) - tokensOf(place(0).text);
  // Chosen by hand, so it goes before what was found or said.
  const beside = contextText(context, Math.min(budget.context, room * 0.6), tokensOf);
  room -= tokensOf(beside.text);
  const turns = latestTurns(earlier, Math.min(wishes.history, room * 0.35), tokensOf);
  room -= turns.tokens;
  const known = typesWithin(Math.min(budget.types, room * 0.2));
  room -= tokensOf(known);
  const chosen = packPassages(passages, Math.min(budget.passages, room - passageRules), tokensOf);

  const user = [beside.text, around.text, task].filter((part) => part !== "").join("\n\n");
  const rules = tokensOf(system([]));
  return {
    messages: [
      { role: "system", content: system(chosen, known) },
      ...turns.messages,
      { role: "user", content: user },
    ],
    window,
    passages: inReadingOrder(chosen),
    leftOut: [...beside.leftOut, ...passagesLeft(passages, chosen), ...turns.leftOut, ...around.leftOut],
    use: {
      total: window.contextTokens,
      rules: rules - tokensOf(summary) + tokensOf(known) + 3 * messageOverhead,
      passages: tokensOf(system(chosen)) - rules,
      history: turns.tokens + tokensOf(summary),
      code: tokensOf(beside.text) + tokensOf(around.text),
      question: tokensOf(task),
      answer: window.answerTokens,
    },
  };
}

/**
 * The task, and the turns before it. Code that is refined is part of the task: without it the task means nothing, so it is never what is
 * left out.
 */
function taskOf(request: AnswerRequest, fence: string) {
  const { kind, instruction, history } = request;
  const [question, answer] = history.slice(-2);
  if (kind !== "generate" || question?.role !== "user" || answer?.role !== "assistant") {
    return { task: taskText(request, fence), earlier: history };
  }
  const task = [
    `Your last answer, to the task “${question.text.trim()}”, was:`,
    answer.text.trim(),
    `Task: change it as follows: ${instruction.trim()}`,
    `Answer with one \`\`\`${fence} block only: the whole code again, with this change and nothing else changed.`,
  ];
  return { task: task.join("\n\n"), earlier: history.slice(0, -2) };
}

function taskText({ kind, instruction }: AnswerRequest, fence: string): string {
  const text = instruction.trim();
  switch (kind) {
    case "generate":
      return `Task: ${text || "Write what the selection asks for."}\n\nAnswer with one \`\`\`${fence} block only.`;
    case "explain":
      return text || "Explain the selected code.";
    case "chat":
      return text;
  }
}

/** Best first until the room is full; a passage that does not fit makes way for a shorter one after it. */
function packPassages(
  passages: readonly Passage[],
  room: number,
  tokensOf: (text: string) => number,
): readonly Passage[] {
  const chosen: Passage[] = [];
  for (const passage of passages) {
    // Measured as they will stand: joined neighbours save their heading.
    if (tokensOf(passagesText(inReadingOrder([...chosen, passage]))) <= room) chosen.push(passage);
  }
  return chosen;
}

function latestTurns(history: AnswerRequest["history"], room: number, tokensOf: (text: string) => number) {
  const messages: ChatMessage[] = [];
  let tokens = 0;
  for (const turn of [...history].reverse()) {
    const more = tokensOf(turn.text) + messageOverhead;
    if (tokens + more > room) break;
    tokens += more;
    messages.unshift({ role: turn.role, content: turn.text });
  }
  // An answer without its question would mislead.
  while (messages[0]?.role === "assistant") messages.shift();
  const left = history.length - messages.length;
  return { messages, tokens, leftOut: left > 0 ? [`${left} of ${history.length} earlier messages`] : [] };
}

function passagesLeft(passages: readonly Passage[], chosen: readonly Passage[]): readonly string[] {
  // What only stands beside a result was never promised.
  const results = passages.filter(({ foundBy }) => foundBy.length > 0);
  const left = results.filter((passage) => !chosen.includes(passage));
  if (left.length === 0) return [];
  const headings = [...new Set(left.map(({ headingPath, document }) => headingPath.at(-1) ?? document))];
  return [`${left.length} of ${results.length} passages (${headings.join("; ")})`];
}
