import { positionOf, type TextEdit } from "../generate/textEdit";

/** `error`: it will not compile, start or do what it says; `warning`: it works, but not for long or not as meant; `info`: worth knowing. */
export type FindingLevel = "error" | "warning" | "info";

/** What a check found at one place of one file. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface Finding {
  /** Stable name of what was broken, kebab-case: `unknown-type`, `deprecated`, `unknown-property`. */
  readonly rule: string;
  readonly level: FindingLevel;
  /** The file as the check was given it. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** One or two whole sentences for a person: what is wrong in this version, and what is right. */
  readonly message: string;
  /** What mends it without a doubt; may be applied without asking a model. */
  readonly fix?: Fix;
  /** Several ways, of which a person chooses; absent when there is a {@link fix}. */
  readonly alternatives?: readonly Fix[];
  /** Where to read on: an anchor of the Spring Boot reference (`features.external-config`), and what the finding was proven by. */
  readonly anchor?: string;
  readonly evidence?: string;
}

export interface Fix {
  /** What it does, an imperative: "Use `jakarta.persistence.Entity`". */
  readonly title: string;
  /** Edits of the finding's own file, by offsets into the text that was checked. */
  readonly edits: readonly TextEdit[];
}

/** A finding without its place. */
export type FindingWords = Omit<Finding, "path" | "line" | "column" | "endLine" | "endColumn">;

/** The finding at an offset range of a file. */
export function findingAt(
  file: { readonly path: string; readonly text: string },
  range: { readonly start: number; readonly end: number },
  words: FindingWords,
): Finding {
  const start = positionOf(file.text, range.start);
  const end = positionOf(file.text, range.end);
  return {
    ...words,
    path: file.path,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** Files in the order given, each with its findings from top to bottom; of equal findings at one place only one stays. */
export function byFile(paths: readonly string[], findings: readonly Finding[]): readonly FileFindings[] {
  return paths.map((path) => {
    const seen = new Set<string>();
    const own = findings
      .filter((finding) => finding.path === path)
      .sort((left, right) => left.line - right.line || left.column - right.column)
      .filter(({ rule, line, column, message }) => {
        const key = `${rule} ${line}:${column} ${message}`;
        return !seen.has(key) && seen.add(key);
      });
    return { path, findings: own };
  });
}

export interface FileFindings {
  readonly path: string;
  readonly findings: readonly Finding[];
}
