/** What the log-probabilities of an answer's own tokens tell, of all of it and of its code. */
import type { TokenOdds } from "./yesNo";

/** A token of the answer with the alternatives that the server listed, itself among them. */
export interface AnswerToken extends TokenOdds {
  readonly alternatives: readonly TokenOdds[];
}

/** Natural logarithms, and nats; each is absent where there is no such token. */
export interface TokenFigures {
  readonly mean?: number;
  readonly least?: number;
  readonly entropy?: number;
  readonly code?: number;
  readonly identifiers?: number;
}

/** A word that the language fixes says nothing of what the model knows. */
const keywords = new Set(
  (
    "abstract boolean break byte case catch char class const continue default do double else enum extends final finally float for if " +
    "implements import instanceof int interface long new null package private protected public record return short static super " +
    "switch this throw throws try var void while true false"
  ).split(" "),
);

export function tokenFigures(tokens: readonly AnswerToken[]): TokenFigures {
  const [first] = tokens;
  if (!first) return {};
  const code = codeTokens(tokens);
  const identifiers = code.filter(({ token }) => /[A-Za-z]/.test(token) && !keywords.has(token.trim()));
  const meanCode = meanOf(code);
  const meanIdentifiers = meanOf(identifiers);
  return {
    mean: meanOf(tokens) ?? 0,
    least: tokens.reduce((least, { logprob }) => Math.min(least, logprob), first.logprob),
    entropy: tokens.reduce((sum, { alternatives }) => sum + entropyOf(alternatives), 0) / tokens.length,
    ...(meanCode !== undefined && { code: meanCode }),
    ...(meanIdentifiers !== undefined && { identifiers: meanIdentifiers }),
  };
}

/** Tokens of lines between fences of three backquotes. A fence may come in several tokens, and a token may end one line and begin the next. */
function codeTokens(tokens: readonly AnswerToken[]): readonly AnswerToken[] {
  const code: AnswerToken[] = [];
  let line: AnswerToken[] = [];
  let written = "";
  let inside = false;
  const endLine = () => {
    if (/^\s*```/.test(written)) inside = !inside;
    else if (inside) code.push(...line.filter(({ token }) => !token.includes("`")));
    line = [];
  };
  for (const token of tokens) {
    line.push(token);
    const end = token.token.lastIndexOf("\n");
    written += end < 0 ? token.token : token.token.slice(0, end);
    if (end < 0) continue;
    endLine();
    written = token.token.slice(end + 1);
  }
  endLine();
  return code;
}

/** Entropy of the listed alternatives, the rest of the probability taken for one more. */
function entropyOf(alternatives: readonly TokenOdds[]): number {
  const shares = alternatives.map(({ logprob }) => Math.exp(logprob));
  const rest = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
  return [...shares, rest].reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
}

function meanOf(tokens: readonly AnswerToken[]): number | undefined {
  return tokens.length === 0
    ? undefined
    : tokens.reduce((sum, { logprob }) => sum + logprob, 0) / tokens.length;
}
