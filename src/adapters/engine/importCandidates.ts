/** What the simple names that a compilation does not know can mean: types of the project, of the class path and of the JDK that fit their use. */
import type { JavaDiagnostic } from "../../core/checks/java/compileJob";
import { missingSymbol } from "../../core/checks/java/compilerWords";
import { fittingTypes } from "../../core/checks/java/fittingTypes";
import { simpleName, type TypeNames } from "../../core/checks/java/typeNames";
import type { JavaCompiler } from "../compiler/javaCompiler";
import type { Jdk } from "../compiler/jdk";

export interface CandidatesProps {
  readonly compiler: Pick<JavaCompiler, "describe">;
  readonly jdk: Jdk;
  readonly names: TypeNames;
  readonly classPath: readonly string[];
  /** Names in full of the project's own types. */
  readonly own: readonly string[];
}

/** Names in full for a simple name in a file's text. */
export type Candidates = (simpleName: string, text: string) => readonly string[];

export async function importCandidates(
  diagnostics: readonly JavaDiagnostic[],
  { compiler, jdk, names, classPath, own }: CandidatesProps,
  signal: AbortSignal,
): Promise<Candidates> {
  const missing = new Set(
    diagnostics.flatMap((each) => {
      const symbol = missingSymbol(each);
      return symbol && symbol.kind !== "method" && /^[A-Z]/.test(symbol.name) ? [symbol.name] : [];
    }),
  );
  if (missing.size === 0) return () => [];
  const ownNames = new Set(own);
  const ownOf = (simple: string) => own.filter((name) => name.includes(".") && simpleName(name) === simple);
  const asked = [...missing].flatMap((simple) => names.named(simple));
  const found = await compiler.describe(jdk, classPath, asked, signal);
  const facts = new Map(found.map((each) => [each.name, each]));
  return (simple, text) => {
    const all = [...new Set([...ownOf(simple), ...names.named(simple)])];
    // Without an answer of the compiler every type of the name may be meant.
    return found.length === 0 ? all : fittingTypes(simple, all, text, { facts, own: ownNames });
  };
}
