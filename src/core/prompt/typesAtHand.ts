/**
 * The types that an answer is likely to need, as this project's class path has them: a model that knows their names in full and their methods
 * makes fewer of them up. Which types are at hand is read from the instruction, the code and the passages.
 */
import type { SelectionContext } from "../answer/answer";
import type { Passage } from "../search/passage";

/** A type of the class path or of the JDK. */
export interface KnownType {
  /** In full, nested types by dots. */
  readonly name: string;
  readonly isAnnotation: boolean;
  /** Names of its methods, those that it declares first; of an annotation its attributes. */
  readonly methods: readonly string[];
}

export interface TypesAtHand {
  readonly types: readonly KnownType[];
  /** Simple names in the person's own code that neither the class path nor the project has. */
  readonly unknown: readonly string[];
}

/** Where names are looked for. */
export interface HandProps {
  readonly instruction: string;
  readonly selection?: Pick<SelectionContext, "text" | "before" | "after">;
  readonly passages: readonly Pick<Passage, "text">[];
}

/** Which everybody knows, and which stand everywhere. */
const everyday = new Set(
  (
    "Boolean Class Collection Collections Double Exception Integer List Long Map Object Optional Override Set String System Void " +
    "Deprecated RuntimeException SuppressWarnings Java Kotlin Spring Boot Maven Gradle"
  ).split(" "),
);

const typeName = /(?<![\w$.])\p{Lu}[\p{L}\p{N}]*\p{Ll}[\p{L}\p{N}]*/gu;
/** In prose: what is written as an annotation, as code, or with a capital within. */
const typeInProse =
  /@(\p{Lu}[\p{L}\p{N}]+)|`(\p{Lu}[\p{L}\p{N}]+)`|(?<![\w$.])(\p{Lu}\p{Ll}[\p{L}\p{N}]*\p{Lu}[\p{L}\p{N}]*)/gu;
const importLine = /^\s*import\s+(?!static\b)[\w.]+\.(\p{Lu}[\p{L}\p{N}]*)\s*;?\s*$/gmu;
const fenced = /^```[^\n]*\n([\s\S]*?)^```/gm;

/** Simple names, those that the person wrote first, then by the passages in their order; each once. */
export function symbolsAtHand({ instruction, selection, passages }: HandProps): readonly string[] {
  const code = selection ? [selection.text, selection.before, selection.after] : [];
  const samples = passages.map(({ text }) => codeOf(text));
  return [...new Set([...inProse(instruction), ...[...code, ...samples].flatMap(typesIn)])].filter(
    (name) => !everyday.has(name),
  );
}

/** Of the names at hand those that the person's own code rests on: what it imports and its annotations. */
export function ownSymbols({ instruction, selection }: HandProps): readonly string[] {
  const code = selection ? [selection.before, selection.text, selection.after].join("\n") : "";
  const annotations = [instruction, code].flatMap((text) =>
    Array.from(text.matchAll(/@(\p{Lu}[\p{L}\p{N}]+)/gu), ([, name = ""]) => name),
  );
  const imports = Array.from(code.matchAll(importLine), ([, name = ""]) => name);
  const declared = new Set(
    Array.from(
      code.matchAll(/(?:class|interface|record|enum|@interface)\s+(\p{Lu}[\p{L}\p{N}]*)/gu),
      ([, name = ""]) => name,
    ),
  );
  return [...new Set([...annotations, ...imports])].filter(
    (name) => !declared.has(name) && !everyday.has(name),
  );
}

/** What is imported, and what stands by its simple name. */
function typesIn(code: string): readonly string[] {
  const imports = Array.from(code.matchAll(importLine), ([, name = ""]) => name);
  return [...imports, ...Array.from(code.matchAll(typeName), ([name]) => name)];
}

function inProse(text: string): readonly string[] {
  return Array.from(
    text.matchAll(typeInProse),
    ([, annotation, code, type]) => annotation ?? code ?? type ?? "",
  );
}

/** The code blocks of a passage; a passage of a PDF has none that are marked, and is taken whole. */
function codeOf(text: string): string {
  const blocks = Array.from(text.matchAll(fenced), ([, code = ""]) => code);
  return blocks.length > 0 ? blocks.join("\n") : inProse(text).join("\n");
}

/** More are a list that nobody reads. */
const mostMethods = 16;

/** One line a type, as many as fit; empty when none does. */
export function typesText(
  { types, unknown }: TypesAtHand,
  room: number,
  tokensOf: (text: string) => number,
): string {
  const title = "Types on this project's class path, by the names to import them by:";
  const missing =
    unknown.length === 0 ? "" : `Not on this project's class path, do not use: ${unknown.join(", ")}`;
  let left = room - tokensOf(`${title}\n${missing}`);
  const lines: string[] = [];
  for (const type of types) {
    const line = lineOf(type);
    left -= tokensOf(line) + 1;
    if (left < 0) break;
    lines.push(line);
  }
  const listed = lines.length === 0 ? [] : [title, ...lines];
  return tokensOf(missing) > room ? "" : [...listed, ...(missing === "" ? [] : [missing])].join("\n");
}

function lineOf({ name, isAnnotation, methods }: KnownType): string {
  const some = methods.slice(0, mostMethods);
  if (some.length === 0) return `- ${name}`;
  return `- ${name} (${isAnnotation ? "attributes" : "methods"}: ${some.join(", ")}${methods.length > some.length ? ", …" : ""})`;
}
