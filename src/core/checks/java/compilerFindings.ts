/**
 * Turns what the JDK's compiler says into findings. It is believed where the class path is whole; where a dependency is missing, only what
 * does not depend on it is said: a file whose types are not all there draws errors that are none.
 */
import type { NotChecked } from "../checkReport";
import { findingAt, type Finding, type FindingWords } from "../finding";
import type { JavaDiagnostic } from "./compileJob";
import {
  badClassFile,
  isSyntaxError,
  missingClassFile,
  missingPackage,
  missingSymbol,
  sentenceOf,
  type MissingSymbol,
} from "./compilerWords";
import { deprecation, isDeprecation } from "./deprecation";
import { movedPackage, unknownImport, type ImportedType, type NamesInVersion } from "./importFindings";
import { symbolWords } from "./symbolFindings";
import { simpleName } from "./typeNames";

export interface CompilerContext extends NamesInVersion {
  /** Why a type may exist although nothing shows it: it is generated, or written in Kotlin; undefined for all others. */
  readonly unseen: (qualifiedOrSimpleName: string) => string | undefined;
  /** True for the name in full of a type that is compiled along: what it inherits may be missing. */
  readonly isSource: (qualifiedName: string) => boolean;
  /** True when the file uses sources of the project whose own dependencies are not all there. */
  readonly restsOnMissing: boolean;
  /** What the javadoc of a deprecated member says to use, where it can be read. */
  readonly replacement: (diagnostic: JavaDiagnostic) => string | undefined;
}

export interface JudgedFile {
  readonly findings: readonly Finding[];
  readonly notChecked: readonly NotChecked[];
}

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export function compilerFindings(
  file: SourceFile,
  diagnostics: readonly JavaDiagnostic[],
  context: CompilerContext,
): JudgedFile {
  const own = diagnostics.filter(({ path }) => path === file.path);
  const findings: Finding[] = [];
  const unseen = new Set<string>();
  /** Simple names whose import was judged: their uses are no finding of their own. */
  const judged = new Set<string>();
  let missing = context.restsOnMissing;

  const soft: JavaDiagnostic[] = [];
  for (const diagnostic of own) {
    const imported = importedType(file.text, diagnostic);
    const classFile = missingClassFile(diagnostic);
    const bad = badClassFile(diagnostic);
    if (bad !== undefined) {
      unseen.add(
        `The compiler cannot read ${bad}. Remove that jar, so that the build tool fetches it again.`,
      );
      missing = true;
      continue;
    }
    if (imported) {
      judged.add(simpleName(imported.name));
      const reason = context.unseen(imported.name);
      if (reason !== undefined) {
        unseen.add(reason);
        missing = true;
        continue;
      }
      const words = unknownImport(imported, context);
      if (words.rule === "needs-dependency") missing = true;
      findings.push(findingAt(file, imported, words));
    } else if (classFile !== undefined || diagnostic.isPartial) missing = true;
    else soft.push(diagnostic);
  }
  // Of many files compiled together javac leaves out some imports' own errors; the uses tell of them all the same.
  for (const name of new Set(soft.flatMap((each) => missingSymbol(each)?.name ?? []))) {
    const imported = judged.has(name) ? undefined : importOf(file.text, name);
    if (!imported || context.names.has(imported.name) || context.unseen(imported.name) !== undefined)
      continue;
    judged.add(name);
    const words = unknownImport(imported, context);
    if (words.rule === "needs-dependency") missing = true;
    findings.push(findingAt(file, imported, words));
  }
  const unresolved = soft.some((each) => missingSymbol(each)?.kind === "class") || judged.size > 0;
  for (const diagnostic of soft) {
    const symbol = missingSymbol(diagnostic);
    if (isDeprecation(diagnostic)) {
      findings.push(
        findingAt(
          file,
          placeOf(file.text, diagnostic),
          deprecation(diagnostic, context.replacement(diagnostic)),
        ),
      );
      continue;
    }
    if (diagnostic.kind !== "ERROR") continue;
    if (isSyntaxError(diagnostic)) {
      findings.push(findingAt(file, placeOf(file.text, diagnostic), compileError(diagnostic)));
      continue;
    }
    if (
      symbol &&
      symbol.kind !== "method" &&
      (judged.has(symbol.name) || isStarred(file.text, symbol.name, judged, context))
    )
      continue;
    const reason = symbol && context.unseen(symbol.name);
    if (reason !== undefined) {
      unseen.add(reason);
      missing = true;
      continue;
    }
    if (missing && !isCertain(symbol, diagnostic, context)) continue;
    if (
      unresolved &&
      /does\.not\.override|not\.def\.public|incompatible|cant\.apply/.test(diagnostic.code) &&
      !symbol
    ) {
      if (diagnostic.code.includes("does.not.override")) continue; // the supertype is what is missing
    }
    const words = symbol ? symbolWords(symbol, diagnostic, file.text, context) : compileError(diagnostic);
    findings.push(findingAt(file, placeOf(file.text, diagnostic), words));
  }
  return { findings, notChecked: notes(file, { missing, unseen, soft, findings }) };
}

function notes(
  file: SourceFile,
  known: {
    readonly missing: boolean;
    readonly unseen: ReadonlySet<string>;
    readonly soft: readonly JavaDiagnostic[];
    readonly findings: readonly Finding[];
  },
): readonly NotChecked[] {
  if (known.unseen.size > 0) {
    return [...known.unseen].map((why) => ({ path: file.path, why }));
  }
  const said = known.findings.some(({ rule }) => rule === "needs-dependency");
  if (!known.missing || said) return [];
  return [
    {
      path: file.path,
      why: "Not all of it could be compiled: types that it uses need dependencies that are not on the class path.",
    },
  ];
}

/** The import that brings a simple name. */
function importOf(text: string, name: string): ImportedType | undefined {
  const line = new RegExp(`^[^\\S\\n]*import\\s+((?:\\w+\\.)+${name.replaceAll("$", "\\$")})\\s*;`, "m").exec(
    text,
  );
  if (!line) return undefined;
  const [whole, written = ""] = line;
  const start = line.index + whole.indexOf(written);
  return { name: written, start, end: start + written.length, star: false };
}

/** The type of the import that the diagnostic is about. */
function importedType(text: string, diagnostic: JavaDiagnostic): ImportedType | undefined {
  const symbol = missingSymbol(diagnostic);
  const inPackage = missingPackage(diagnostic) ?? (symbol?.kind === "class" ? symbol.inPackage : undefined);
  if (inPackage === undefined || diagnostic.position < 0) return undefined;
  const from = text.lastIndexOf("\n", diagnostic.position) + 1;
  const line = /^\s*import\s+(?:static\s+)?([\w.]+?)(\.\*)?\s*;/.exec(text.slice(from, from + 400));
  const [whole = "", written = "", star] = line ?? [];
  if (!line) {
    // A name in full, in the middle of code.
    const rest = /^[\s.]*([A-Z]\w*)/.exec(text.slice(diagnostic.position))?.[1];
    const name = symbol?.name ?? rest;
    return name === undefined
      ? undefined
      : { name: `${inPackage}.${name}`, start: diagnostic.start, end: diagnostic.end, star: false };
  }
  const start = from + whole.indexOf(written);
  if (star !== undefined && written === inPackage) {
    return { name: inPackage, start, end: start + written.length, star: true };
  }
  const type = /^((?:[a-z_]\w*\.)*[A-Z]\w*(?:\.[A-Z]\w*)*)/.exec(written)?.[1] ?? written;
  return { name: type, start, end: start + type.length, star: false };
}

/** True for the uses of a type that came with `import package.*` of a package that has moved. */
function isStarred(
  text: string,
  name: string,
  judged: ReadonlySet<string>,
  { names }: CompilerContext,
): boolean {
  return [...text.matchAll(/^import\s+(javax\.[\w.]+)\.\*;/gm)].some(([, packageName = ""]) => {
    const moved = movedPackage(packageName, names);
    return moved !== undefined && judged.has(simpleName(packageName)) && names.has(`${moved}.${name}`);
  });
}

/** What stays true when other types are missing: a member that a type of the class path does not have, whose supertypes are all there. */
function isCertain(
  symbol: MissingSymbol | undefined,
  { receiver }: JavaDiagnostic,
  { names, isSource }: CompilerContext,
): boolean {
  return (
    symbol?.kind === "method" &&
    receiver !== "" &&
    receiver !== "java.lang.Object" &&
    names.has(receiver) &&
    !isSource(receiver) &&
    /^(java|org\.springframework)\./.test(receiver)
  );
}

function compileError(diagnostic: JavaDiagnostic): FindingWords {
  return { rule: "compile", level: "error", message: sentenceOf(diagnostic) };
}

/** The name that is meant: in a chain of calls the last one, not the whole chain. */
function placeOf(text: string, { start, position, end }: JavaDiagnostic): { start: number; end: number } {
  if (position < 0) return { start: 0, end: 0 };
  const dot = /^\.\s*(?:<[^>]*>)?/.exec(text.slice(position, position + 200));
  const from = position + (dot?.[0].length ?? 0);
  const word = /^@?[\w$]+/.exec(text.slice(from, from + 200))?.[0].length ?? 0;
  const to = dot || start < position ? from + word : end;
  return { start: from, end: Math.max(to, Math.min(from + Math.max(word, 1), text.length)) };
}
