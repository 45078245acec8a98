/** Takes the compiler's own sentences apart. They are asked for in English, with names in full. */
import type { JavaDiagnostic } from "./compileJob";

export interface MissingSymbol {
  readonly kind: "class" | "method" | "variable" | "package" | "other";
  readonly name: string;
  /** The package that a type was looked for in, when it was named in full. */
  readonly inPackage?: string;
}

/** What `cannot find symbol` is about; undefined for every other message. */
export function missingSymbol({ code, message }: JavaDiagnostic): MissingSymbol | undefined {
  if (!code.startsWith("compiler.err.cant.resolve")) return undefined;
  const symbol = /symbol:\s+(?:static )?(\w+)\s+([\w$.]+)/.exec(message);
  const inPackage = /location:\s+package ([\w.]+)/.exec(message)?.[1];
  const [, kind = "other", name = ""] = symbol ?? [];
  return {
    kind: kind === "class" || kind === "interface" ? "class" : isKnown(kind) ? kind : "other",
    name,
    ...(inPackage !== undefined && { inPackage }),
  };
}

const isKnown = (kind: string): kind is "method" | "variable" | "package" =>
  kind === "method" || kind === "variable" || kind === "package";

/** The package that does not exist, for that message only. */
export function missingPackage({ code, message }: JavaDiagnostic): string | undefined {
  return code === "compiler.err.doesnt.exist"
    ? /package ([\w.]+) does not exist/.exec(message)?.[1]
    : undefined;
}

/** The type whose class file a jar needs and no jar has. */
export function missingClassFile({ message }: JavaDiagnostic): string | undefined {
  return /class file for ([\w.$]+) not found/.exec(message)?.[1]?.replaceAll("$", ".");
}

/** The class file that the compiler cannot read, as it names it: `/…/evil-1.jar(/Evil.class)`. No code that uses it is to blame. */
export function badClassFile({ message }: JavaDiagnostic): string | undefined {
  return /bad class file: (.+)/.exec(message)?.[1]?.trim();
}

/** Codes of text that is no Java; they are certain whatever else is known. */
const syntax =
  /^compiler\.err\.(expected|illegal\.|premature|unclosed|not\.stmt|class\.public|orphaned|else\.without|catch\.without|try\.without|variable\.not\.allowed|malformed|int\.number|unbalanced)/;

export function isSyntaxError({ code }: JavaDiagnostic): boolean {
  return syntax.test(code);
}

/** One sentence of the compiler's words, names shortened to how they are written in code. */
export function sentenceOf({ message }: JavaDiagnostic): string {
  const plain = message
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\b(?:[a-z][\w]*\.)+(?=[A-Z]\w*)/g, "");
  const sentence = plain.charAt(0).toUpperCase() + plain.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
