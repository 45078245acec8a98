/**
 * Tokens of a text without any model's tokenizer: an estimate by the kinds of characters, which {@link createTokenCalibration} corrects
 * by what the server counted.
 */
const pieces = /[\p{Lu}]?[\p{Ll}]+|\p{Lu}+|\d|\n+|[^\S\n]{2,}|[^\s\p{L}\d]|\p{L}/gu;

/** Runs of letters up to this length are mostly one token in the vocabularies of code models. */
const wholeWordLength = 7;

/** What a chat template puts around each message, in tokens. */
export const messageOverhead = 8;

export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(pieces)) {
    if (piece.length <= wholeWordLength) tokens += isCommon(piece) ? 1 : 2;
    else if (piece.trim().length === 0) tokens += Math.ceil(piece.length / 16);
    else tokens += Math.ceil(piece.length / 6);
  }
  return tokens;
}

/** Letters outside Latin (and rare signs) take more than one token in most vocabularies. */
function isCommon(piece: string): boolean {
  return piece.charCodeAt(0) < 0x250 || piece.length > 1;
}

export interface TokenCalibration {
  /** Tokens that a text takes with a model, on the safe side. */
  count(model: string, text: string): number;
  /** Takes Ollama's own count of a prompt whose plain estimate was `estimated`. */
  learn(model: string, estimated: number, counted: number): void;
  /** The server refused a prompt that was thought to fit. */
  refused(model: string): void;
}

/**
 * Before anything is known of a model's vocabulary, and after. SmolLM2 takes 0.68 to 1.0 times the estimate over nine texts of Java, YAML,
 * XML, TypeScript and Markdown.
 */
const marginUnknown = 1.1;
const marginLearnt = 1.06;

/** Counts outside these bounds tell of something else than the vocabulary (a server that counts only what it had not cached). */
const plausible = { least: 0.6, most: 2.5 } as const;

/** Remembers, as long as it lives, how far the estimate is off for each model. */
export function createTokenCalibration(): TokenCalibration {
  const ratios = new Map<string, number>();
  return {
    count(model, text) {
      const ratio = ratios.get(model);
      return Math.ceil(estimateTokens(text) * (ratio === undefined ? marginUnknown : ratio * marginLearnt));
    },
    learn(model, estimated, counted) {
      const ratio = counted / estimated;
      if (!(ratio >= plausible.least && ratio <= plausible.most)) return;
      const known = ratios.get(model);
      // Code takes more tokens than prose: a higher ratio counts at once, a lower one slowly.
      ratios.set(model, known === undefined || ratio > known ? ratio : known * 0.8 + ratio * 0.2);
    },
    refused(model) {
      ratios.set(model, Math.min((ratios.get(model) ?? marginUnknown) * 1.25, plausible.most));
    },
  };
}
