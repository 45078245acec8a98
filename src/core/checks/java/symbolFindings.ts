/** What is said of a name in code that the compiler cannot find: a member that its type does not have, or a type that is not imported. */
import { mergeImports } from "../../generate/imports";
import { headerOf } from "../../generate/jvmSource";
import type { FindingWords } from "../finding";
import type { JavaDiagnostic } from "./compileJob";
import { sentenceOf, type MissingSymbol } from "./compilerWords";
import type { NamesInVersion } from "./importFindings";
import { nearest, nearestText, simpleName } from "./typeNames";

export function symbolWords(
  symbol: MissingSymbol,
  diagnostic: JavaDiagnostic,
  text: string,
  context: NamesInVersion,
): FindingWords {
  const { names, version } = context;
  const inVersion = version === undefined ? "" : ` in ${version}`;
  if (diagnostic.receiver !== "") {
    const near = nearest(symbol.name, diagnostic.members, 4);
    const all = near.length < 2 && diagnostic.members.length > 0 && diagnostic.members.length <= fewMembers;
    const advice = all
      ? ` It has ${diagnostic.members.map((name) => `\`${name}\``).join(", ")}.`
      : nearestText(near);
    const where = diagnostic.receiver.startsWith("java.") ? inJava(context.release) : inVersion;
    const kind = symbol.kind === "method" ? "method" : "member";
    return {
      rule: symbol.kind === "method" ? "unknown-method" : "unknown-member",
      level: "error",
      message: `\`${simpleName(diagnostic.receiver)}\` has no ${kind} \`${symbol.name}\`${where}.${advice}`,
      evidence: diagnostic.receiver,
    };
  }
  const isType = symbol.kind === "class" || (symbol.kind === "variable" && /^[A-Z][a-z]/.test(symbol.name));
  if (!isType)
    return {
      rule: symbol.kind === "method" ? "unknown-method" : "unknown-symbol",
      level: "error",
      message: sentenceOf(diagnostic),
    };
  const all = context.candidates?.(symbol.name) ?? names.named(symbol.name);
  const found = all.filter((name) => /^[a-z]/.test(name));
  const [only] = found;
  const add = (name: string) => ({
    title: `Import \`${name}\``,
    edits: mergeImports(headerOf(text), [`import ${name};`], false).edits,
  });
  const words = { rule: "unknown-type", level: "error" } as const;
  if (only !== undefined && found.length === 1) {
    return {
      ...words,
      rule: "missing-import",
      message: `\`${symbol.name}\` is not imported; it is \`${only}\`.`,
      fix: add(only),
    };
  }
  if (found.length > 1) {
    const ranked = ranking(found, text).slice(0, 6);
    return {
      ...words,
      rule: "missing-import",
      message: `\`${symbol.name}\` is not imported.${nearestText(ranked)}`,
      alternatives: ranked.map(add),
    };
  }
  return {
    ...words,
    message: `There is no type \`${symbol.name}\`${inVersion}.${nearestText(names.similar(symbol.name, 3))}`,
  };
}

/** A type with no more members than this is told whole. */
const fewMembers = 12;

const inJava = (release: string | undefined) => (release === undefined ? "" : ` in Java ${release}`);

/** First what the file's own imports come from, then Java's and Spring's. */
function ranking(candidates: readonly string[], text: string): readonly string[] {
  const packages = new Set(
    [...text.matchAll(/^import\s+(?:static\s+)?([\w.]+)\.\w+;/gm)].map(([, name]) => name),
  );
  const rank = (name: string) => {
    const own = name.slice(0, name.lastIndexOf("."));
    if (packages.has(own)) return 0;
    if (/^(java|jakarta)\./.test(name)) return 1;
    return name.startsWith("org.springframework.") ? 2 : 3;
  };
  return [...candidates].sort((left, right) => rank(left) - rank(right) || left.localeCompare(right, "en"));
}
