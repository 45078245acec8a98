/**
 * How well a passage supports a block of code. Most names in code are the author's own, so only those that some passage knows tell which
 * passage the block rests on; the others count against it a little, for code that merely touches what a passage is about.
 */
import { parse } from "yaml";
import { rarityOf, type PreparedPassage } from "./support";
import { identifiersOf, identifierTerm } from "../search/terms";

/** What a name counts that no passage knows, against one that some passage knows. */
const unknownWeight = 0.4;

/** Names in every program of its kind: they tell of no passage. */
const everywhere = new Set(
  [
    "SpringBootApplication",
    "SpringApplication",
    "System.out.println",
    "getClass",
    "toString",
    "LoggerFactory",
  ].map(identifierTerm),
);

/** A score from 0 to 1 a passage, in order. The block is given with its fences. */
export function codeSupportScores(block: string, passages: readonly PreparedPassage[]): readonly number[] {
  const names = namesIn(block).filter((name) => !everywhere.has(name));
  const known = names.filter((name) => passages.some((passage) => passage.names.has(factOf(name))));
  const weights = new Map(known.map((name) => [name, rarityOf(name, passages)]));
  const total = sum(weights.values()) + unknownWeight * (names.length - known.length);
  if (known.length === 0) return passages.map(() => 0);
  return passages.map(
    ({ facts }) => sum(known.map((name) => (facts.has(factOf(name)) ? (weights.get(name) ?? 0) : 0))) / total,
  );
}

/** Identifiers of several parts, annotations, and keys of configuration as whole property names. */
function namesIn(block: string): readonly string[] {
  const [, language = "", code = ""] =
    /^\s*[`~]{3,}[ \t]*(\w*)[^\n]*\n([^]*?)(?:\n\s*[`~]{3,}\s*)?$/.exec(block) ?? [];
  const isYaml = language === "yaml" || language === "yml";
  const withoutPackages = code.replaceAll(/\b(?:[a-z][a-z\d]*\.)+(?=[A-Z])/g, "");
  const annotations = [...code.matchAll(/@([A-Z]\w*)/g)].map(([, name = ""]) => identifierTerm(name));
  const keys = isYaml ? propertyNames(code).map(identifierTerm) : [];
  return [...new Set([...identifiersOf(withoutPackages), ...annotations, ...keys])];
}

/** The dotted names of a YAML document's leaves. */
function propertyNames(code: string): readonly string[] {
  try {
    return leaves(parse(code), "");
  } catch {
    return [];
  }
}

function leaves(value: unknown, path: string): readonly string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return path === "" ? [] : [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`));
}

/** As `factsOf` writes the term of an identifier. */
const factOf = (name: string) => `\`${name.slice(1)}`;

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
