/**
 * What each line of generated code rests on: passages of the documents, the project's own code, or the model alone. Only names tell:
 * identifiers of several parts, annotations and property names. A line without any (a brace, `return result;`) rests on nothing and needs
 * nothing.
 */
import { identifierTerm, identifiersOf } from "../search/terms";
import { rarityOf, type PreparedPassage } from "./support";

export interface LineOrigin {
  readonly kind: "documents" | "project" | "model";
  /** Positions of the passages that know the line's names, best first; empty unless `documents`. */
  readonly passages: readonly number[];
  /** Names of the line that neither passages nor project know, as written. */
  readonly unknown: readonly string[];
}

export interface OriginRequest {
  /** The file as it will be. */
  readonly lines: readonly string[];
  /** Which of them to judge, from 0. */
  readonly wanted: ReadonlySet<number>;
  /** VS Code's language id. */
  readonly languageId: string;
  readonly passages: readonly PreparedPassage[];
  /** Terms of the project's own names, by {@link ownNames}. */
  readonly project: ReadonlySet<string>;
}

/** Passages that are named for a line at most. */
const mostPassages = 3;

/** Origins by line; lines that need none are left out. */
export function lineOrigins(request: OriginRequest): ReadonlyMap<number, LineOrigin> {
  const { lines, wanted, languageId } = request;
  const names = languageId.includes("yaml")
    ? yamlNames(lines)
    : lines.map((line) => namesIn(line, languageId));
  const origins = new Map<number, LineOrigin>();
  for (const line of wanted) {
    const origin = originOf(names[line] ?? [], request);
    if (origin) origins.set(line, origin);
  }
  return origins;
}

/** The terms of all names in the project's own code. */
export function ownNames(code: string): ReadonlySet<string> {
  return new Set([...identifiersOf(code), ...typeNames(code).map(identifierTerm)]);
}

function originOf(names: readonly string[], { passages, project }: OriginRequest): LineOrigin | undefined {
  if (names.length === 0) return undefined;
  const terms = new Map(names.map((name) => [name, identifierTerm(name)]));
  const knows = (passage: PreparedPassage, name: string) =>
    passage.facts.has(`\`${(terms.get(name) ?? "").slice(1)}`);
  const documented = names.filter((name) => passages.some((passage) => knows(passage, name)));
  const unknown = names.filter((name) => !documented.includes(name) && !project.has(terms.get(name) ?? ""));
  const scores = passages.map((passage) =>
    documented
      .filter((name) => knows(passage, name))
      .reduce((sum, name) => sum + rarityOf(terms.get(name) ?? "", passages), 0),
  );
  const best = scores
    .map((score, index) => ({ score, index }))
    .filter(({ score }) => score > 0 && score >= Math.max(...scores) / 2)
    .sort((left, right) => right.score - left.score)
    .slice(0, mostPassages)
    .map(({ index }) => index);
  if (best.length > 0) return { kind: "documents", passages: best, unknown };
  return { kind: unknown.length < names.length ? "project" : "model", passages: [], unknown };
}

/** Names of a line as they are written. */
function namesIn(line: string, languageId: string): readonly string[] {
  if (languageId.includes("properties")) {
    const key = /^\s*([^#!\s=:][^\s=:]*)/.exec(line)?.[1];
    return key === undefined ? [] : [key];
  }
  if (languageId === "xml") {
    return [...line.matchAll(/<(?:artifactId|groupId)>\s*([^<\s]+)/g)].map(([, name = ""]) => name);
  }
  const code = line.replace(/\/\/.*$|^\s*\*.*$/, "").replace(/\b(?:[a-z][a-z\d]*\.)+(?=[A-Z])/g, "");
  const texts = [...code.matchAll(/["']([\w-]+(?:[.:][\w-]+)+)/g)].flatMap(([, text = ""]) =>
    text.split(":"),
  );
  const words = [...code.replace(/"(?:\\.|[^"\\])*"/g, " ").matchAll(/[A-Za-z_$][\w$]*/g)].map(
    ([word]) => word,
  );
  const joined = words.filter((word) => /[a-z\d][A-Z]|[A-Z]{2,}[a-z]|_/.test(word));
  return [...new Set([...joined, ...typeNames(code), ...texts.filter((text) => /[.-]/.test(text))])];
}

/** Types by their capital, the JDK's commonest left out: they tell of nothing. */
const typeNames = (code: string) =>
  [...code.matchAll(/(?<![\w"])@?([A-Z][a-z\d]\w*)/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !everywhere.has(name));

const everywhere = new Set(
  "String Integer Long Boolean Double Object List Map Set Optional Override Exception Math System Void Class".split(
    " ",
  ),
);

/** The whole property name of each line, by indentation. */
function yamlNames(lines: readonly string[]): readonly (readonly string[])[] {
  const open: { readonly indent: number; readonly key: string }[] = [];
  return lines.map((line) => {
    const match = /^(\s*)(?:-\s+)?["']?([\w.-]+)["']?\s*:(\s|$)/.exec(line);
    if (!match) return [];
    const indent = (match[1] ?? "").length;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    open.push({ indent, key: match[2] ?? "" });
    return [open.map(({ key }) => key).join(".")];
  });
}
