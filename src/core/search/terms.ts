/**
 * What a text is found by. Prose gives stemmed words; an identifier (`RestClientCustomizer`, `spring.jpa.open-in-view`,
 * `MY_SERVICE_0_URL`, `@MockBean`) gives its parts as words and itself as one more term that is the same in every relaxed form.
 * Version numbers give nothing: the version is a filter, not a word.
 */
import { stem } from "./stem";
import { stopWords } from "./stopWords";

/** Marks the term of a whole identifier, so that it never meets a word of prose. */
export const identifierMark = "=";

/** Words and digits held together by what joins the parts of an identifier. */
const run = /[\p{L}\p{N}][\p{L}\p{N}_$]*(?:[.-][\p{L}\p{N}_$]+)*/gu;
const versionNumber = /^v?\d+(?:\.(?:\d+|x))+(?:[.-][\p{L}\p{N}]+)*$/iu;
const camelBorder = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
const longestIdentifier = 120;
/** Shorter words are words. */
const shortestSingle = 6;

/** Terms of a text in reading order, repeated as often as they occur. */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  for (const [token] of text.matchAll(run)) for (const term of termsOfToken(token)) terms.push(term);
  return terms;
}

/** Few tokens make up most of a text, and taking one apart is what indexing spends its time on. */
const known = new Map<string, readonly string[]>();
const mostKnown = 50_000;

function termsOfToken(token: string): readonly string[] {
  const before = known.get(token);
  if (before) return before;
  const terms = readToken(token);
  if (known.size >= mostKnown) known.clear();
  if (token.length <= longestIdentifier) known.set(token, terms);
  return terms;
}

function readToken(token: string): readonly string[] {
  if (versionNumber.test(token)) return [];
  const parts = partsOf(token);
  const words = parts.flatMap((part) => wordTerm(part) ?? []);
  return parts.length > 1 ? [...words, ...identifierTerms(token)] : words;
}

/** The terms of the identifiers in a text alone, each once; a bare capitalised word (`RestClient` yes, `Redis` no) is none. */
export function identifiersOf(text: string): string[] {
  const found = new Set<string>();
  for (const [token] of text.matchAll(run)) {
    if (!versionNumber.test(token) && partsOf(token).length > 1) {
      for (const term of identifierTerms(token)) found.add(term);
    }
  }
  return [...found];
}

/** A word that people write small may be an identifier (`restclient`), and so may two beside each other (`rest client`). */
export function possibleIdentifiers(text: string): string[] {
  const tokens = [...text.matchAll(run)]
    .map(([token]) => token)
    .filter((token) => !versionNumber.test(token));
  const single = tokens.filter((token) => token.length >= shortestSingle && partsOf(token).length === 1);
  const pairs = tokens.slice(1).map((token, index) => `${tokens[index] ?? ""}${token}`);
  return [
    ...new Set([...single, ...pairs].filter((name) => name.length <= longestIdentifier).map(identifierTerm)),
  ];
}

/** The term of a whole identifier: `spring.main.log-startup-info`, `spring.main.logStartupInfo` and `SPRING_MAIN_LOGSTARTUPINFO` agree. */
export function identifierTerm(identifier: string): string {
  return identifierMark + identifier.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** The whole, and each segment that is an identifier by itself: of `org.example.JarLauncher` the class, of `spring.jpa.open-in-view` its end. */
function identifierTerms(token: string): string[] {
  if (token.length > longestIdentifier) return [];
  const segments = token.split(".");
  const own = segments.length > 1 ? segments.filter((segment) => partsOf(segment).length > 1) : [];
  return [token, ...own].map(identifierTerm);
}

function partsOf(token: string): string[] {
  return token
    .split(/[._\-$]/u)
    .flatMap((segment) => segment.split(camelBorder))
    .filter((part) => part !== "");
}

function wordTerm(part: string): string | undefined {
  const word = part.toLowerCase();
  if (word.length < 2 || stopWords.has(word)) return undefined;
  return stem(word);
}
