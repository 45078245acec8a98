import type { ModelDetails } from "../models/modelServer";

/** How much a model of some size is given to read and to write, in tokens. Small ones lose the thread, and are run on small machines. */
export interface PromptBudget {
  readonly passages: number;
  readonly surroundings: number;
  /** Files and outputs that the person puts beside a question. */
  readonly context: number;
  readonly history: number;
  /** The project's types that are at hand. */
  readonly types: number;
  readonly answer: number;
  /** Passages to retrieve. */
  readonly count: number;
  /** Options for Ollama beside the person's own, which win. */
  readonly options: Readonly<Record<string, number>>;
}

/** The penalty keeps models of the smallest kind from repeating a line until their room ends; code repeats itself by nature, so larger ones do without. */
const budgets = {
  tiny: {
    passages: 1_300,
    surroundings: 300,
    context: 900,
    history: 300,
    types: 200,
    answer: 700,
    count: 4,
    options: { repeat_penalty: 1.1 },
  },
  small: {
    passages: 2_600,
    surroundings: 900,
    context: 3_000,
    history: 900,
    types: 450,
    answer: 1_500,
    count: 8,
    options: {},
  },
  usual: {
    passages: 4_200,
    surroundings: 1_500,
    context: 8_000,
    history: 1_800,
    types: 700,
    answer: 2_000,
    count: 10,
    options: {},
  },
} as const satisfies Record<string, PromptBudget>;

/** A model whose size is not known is taken for a usual one. */
export function promptBudget(parameters: number | undefined): PromptBudget {
  if (parameters === undefined || parameters >= 4e9) return budgets.usual;
  return parameters < 1e9 ? budgets.tiny : budgets.small;
}

export interface PromptWindow {
  /** Prompt and answer together: Ollama's `num_ctx`. */
  readonly contextTokens: number;
  /** Kept for the answer: Ollama's `num_predict`. */
  readonly answerTokens: number;
}

/** A change of the window loads the model again, so few sizes are used. */
const steps = [4_096, 8_192, 16_384, 32_768, 65_536, 131_072] as const;

/** For a model that does not tell: the window that Ollama itself gives. */
const contextOfUnknown = 4_096;

/**
 * The window for a request that takes `wantedTokens` of prompt. A wanted size is taken as it is; a model that is loaded with a window
 * large enough keeps it; else the smallest step that holds prompt and answer. The model's own longest window bounds them all.
 */
export function chooseWindow(
  wantedTokens: number,
  budget: PromptBudget,
  details: Pick<ModelDetails, "contextTokens" | "loadedContextTokens">,
  chosenTokens?: number,
): PromptWindow {
  const longest = details.contextTokens ?? contextOfUnknown;
  const needed = wantedTokens + budget.answer;
  const loaded = details.loadedContextTokens;
  const contextTokens = Math.min(
    longest,
    chosenTokens ??
      (loaded !== undefined && loaded >= needed ? loaded : (steps.find((step) => step >= needed) ?? longest)),
  );
  return { contextTokens, answerTokens: Math.min(budget.answer, Math.floor(contextTokens / 3)) };
}
