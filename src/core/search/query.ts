import type { WeightedTerm } from "./bm25";
import { identifierMark, identifiersOf, identifierTerm, possibleIdentifiers, termsOf } from "./terms";

/** What a person asks, with what their editor and their chat know. */
export interface Question {
  readonly question: string;
  /** Selected code. */
  readonly selection?: string;
  /** What the person asked before in the same chat, oldest first. */
  readonly earlier?: readonly string[];
}

export interface SearchQuery {
  /** For the words: each term once. */
  readonly terms: readonly WeightedTerm[];
  /** For the vectors. */
  readonly vectorText: string;
  /** What the question alone names, in reading order: prose terms and whole identifiers. */
  readonly words: readonly string[];
  readonly identifiers: readonly string[];
  /** Terms of what the question calls by a name: types, and words written with a capital within a sentence. */
  readonly names: readonly string[];
  /** Whole identifiers of what looks like Spring's own API: annotations, and keys of its properties. */
  readonly api: readonly string[];
  /** Versions of Spring Boot that the question names: "3.4", "4". */
  readonly versions: readonly string[];
}

export interface QueryWeights {
  readonly identifier: number;
  /** Of words that may be an identifier in the documents. */
  readonly possible: number;
  readonly selection: number;
  readonly earlier: number;
}

export const defaultQueryWeights: QueryWeights = {
  identifier: 1,
  possible: 0.3,
  selection: 0.4,
  earlier: 0.3,
};

/** A question that leans on the turn before it says little by itself. */
const fewWords = 4;

/**
 * The question counts in full, what the selection names (imports, annotations, types, property keys, error messages) counts less, and
 * earlier turns count when there are any. A term in several places keeps its largest weight.
 */
export function buildQuery(
  { question, selection = "", earlier = [] }: Question,
  weights: QueryWeights = defaultQueryWeights,
): SearchQuery {
  const all = termsOf(question);
  const terms = new Map<string, number>();
  const add = (term: string, weight: number) => terms.set(term, Math.max(weight, terms.get(term) ?? 0));
  for (const term of all) add(term, term.startsWith(identifierMark) ? weights.identifier : 1);
  for (const term of possibleIdentifiers(question)) add(term, weights.possible);
  const telling = tellingParts(selection);
  for (const term of termsOf(telling)) add(term, weights.selection);
  earlier.slice(-2).forEach((turn) => {
    for (const term of termsOf(turn)) add(term, weights.earlier);
  });
  const words = all.filter((term) => !term.startsWith(identifierMark));
  const previous = words.length < fewWords ? (earlier.at(-1) ?? "") : "";
  return {
    terms: [...terms].map(([term, weight]) => ({ term, weight })),
    vectorText: [previous, question, telling].filter((part) => part !== "").join("\n"),
    words,
    identifiers: identifiersOf(question),
    names: capitalised(question),
    api: [...question.matchAll(springApi)].map(([, annotation, key]) =>
      identifierTerm(annotation ?? key ?? ""),
    ),
    versions: [...question.matchAll(bootVersion)].flatMap(([, version]) => version ?? []),
  };
}

/**
 * Types (`RestClient`), and words with a capital that no sentence begins with: names of products and people, `Quarkus` in "our Quarkus service".
 * A person's own fields, columns and variables (`orderNumber`, `ORDER_NO`) are no names that documents could know.
 */
function capitalised(question: string): string[] {
  const inSentence = question.matchAll(/(?<=[\p{L}\p{N},;)"'`] +)\p{Lu}[\p{L}\p{N}]+(?![\p{L}\p{N}_])/gu);
  const types = question.matchAll(/(?<![\p{L}\p{N}_.])\p{Lu}\p{Ll}[\p{L}\p{N}]*\p{Lu}\p{Ll}[\p{L}\p{N}]*/gu);
  const terms = [...inSentence, ...types].flatMap(([word]) => {
    const all = termsOf(word);
    return all.find((term) => term.startsWith(identifierMark)) ?? all;
  });
  return [...new Set(terms)];
}

const springApi =
  /(?:^|[\s("'`])(?:@(\p{Lu}[\p{L}\p{N}]+)|((?:spring|server|management|logging)\.[a-z][\w.-]*[\w]))/gu;
const bootVersion = /\bboot\s+v?(\d+(?:\.\d+)?)/giu;
const errorLine = /^.*\b\w*(?:Exception|Error)\b.*$/gm;
const annotation = /@[\p{L}_][\p{L}\p{N}_.]*/gu;
const importedName = /^\s*import\s+(?:static\s+)?([\p{L}\p{N}_.]+?)(?:\.\*)?\s*;?\s*$/gmu;
const typeName = /(?<!@)\b\p{Lu}[\p{L}\p{N}]*\p{Ll}[\p{L}\p{N}]*(?:\.[\p{L}_][\p{L}\p{N}_]*)?/gu;
const propertyKey = /\b[a-z][a-z0-9]*(?:[.-][a-z0-9-]+)+(?=\s*[=:\]"]|$)/gm;
const yamlKey = /^\s*(?:-\s+)?([a-z][a-z0-9-]*):/gm;
/** Types of the language itself, which stand in every selection. */
const everydayTypes = new Set(
  "String Object List Map Set Optional Override Integer Long Boolean Double Override Void Class System Deprecated".split(
    " ",
  ),
);
const mostSelectionNames = 40;

/** The names in selected code that a document could know, each once; local names and literals are left out. */
export function tellingParts(selection: string): string {
  const names = new Set<string>();
  const collect = (matches: Iterable<RegExpMatchArray>, group = 0) => {
    for (const match of matches) {
      const name = match[group] ?? "";
      if (name !== "" && !everydayTypes.has(name)) names.add(name.trim());
    }
  };
  collect(selection.matchAll(errorLine));
  for (const [, qualified = ""] of selection.matchAll(importedName)) {
    const simple = qualified.slice(qualified.lastIndexOf(".") + 1);
    if (!qualified.startsWith("java.") && !everydayTypes.has(simple)) names.add(simple);
  }
  const code = selection.replaceAll(/^\s*(?:import|package)\b.*$/gm, "");
  collect(code.matchAll(annotation));
  collect(code.matchAll(propertyKey));
  collect(code.matchAll(typeName));
  collect(code.matchAll(yamlKey), 1);
  return [...names].slice(0, mostSelectionNames).join(" ");
}
