/** Looks up the types that an answer is likely to need in the project's class path. */
import type { AnswerRequest } from "../../core/answer/answer";
import { fittingTypes } from "../../core/checks/java/fittingTypes";
import { jarsFor } from "../../core/checks/classpath";
import { simpleName, type TypeNames } from "../../core/checks/java/typeNames";
import { ownSymbols, symbolsAtHand, type TypesAtHand } from "../../core/prompt/typesAtHand";
import type { Passage } from "../../core/search/passage";
import type { KnownClasspath } from "../classpath/classpathStore";
import type { ProjectSourceReader } from "../classpath/projectSources";
import type { JavaCompiler } from "../compiler/javaCompiler";
import type { Jdk } from "../compiler/jdk";

export interface TypesAtHandProps {
  readonly compiler: Pick<JavaCompiler, "describe">;
  readonly sources: ProjectSourceReader;
  readonly classpath: KnownClasspath;
  readonly jdk: Jdk;
  readonly names: TypeNames;
}

/** Symbols that are looked up, and types of one simple name that are told: more than a few mean that nothing tells which is meant. */
const mostSymbols = 24;
const mostNamesakes = 2;

export async function typesAtHand(
  request: Pick<AnswerRequest, "instruction" | "selection">,
  passages: readonly Passage[],
  { compiler, sources, classpath, jdk, names }: TypesAtHandProps,
  signal: AbortSignal,
): Promise<TypesAtHand> {
  const { instruction, selection } = request;
  const hand = { instruction, passages, ...(selection && { selection }) };
  const symbols = symbolsAtHand(hand)
    .filter((symbol) => names.named(symbol).length > 0)
    .slice(0, mostSymbols);
  const asked = symbols.flatMap((symbol) => names.named(symbol));
  const described = await compiler.describe(jdk, jarsFor(classpath, true), asked, signal);
  const facts = new Map(described.map((each) => [each.name, each]));
  const text = [
    selection?.before,
    selection?.text,
    selection?.after,
    ...passages.map((each) => each.text),
  ].join("\n");
  const types = symbols.flatMap((symbol) => {
    const all = names.named(symbol);
    const imported = all.filter((name) => text.includes(`import ${name};`));
    const fit = imported.length > 0 ? imported : fittingTypes(symbol, all, text, { facts, own: new Set() });
    return fit.length > mostNamesakes ? [] : fit;
  });
  return {
    types: types.flatMap((name) => {
      const known = facts.get(name);
      return known ? [{ name, isAnnotation: known.kind === "ANNOTATION_TYPE", methods: known.methods }] : [];
    }),
    unknown: classpath.complete
      ? await unknownOf(ownSymbols(hand), { sources, classpath, names }, signal)
      : [],
  };
}

/** A name is known too when the project declares it anywhere, in whatever language. */
async function unknownOf(
  symbols: readonly string[],
  { sources, classpath, names }: Pick<TypesAtHandProps, "sources" | "classpath" | "names">,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const strange = symbols.filter((symbol) => names.named(symbol).length === 0);
  if (strange.length === 0) return [];
  const { types, units, foreign } = await sources.read(classpath.modules, true, signal);
  const own = new Set([
    ...types.map(simpleName),
    ...units.flatMap(({ declares }) => [...declares]),
    ...foreign,
  ]);
  return strange.filter((symbol) => !own.has(symbol));
}
