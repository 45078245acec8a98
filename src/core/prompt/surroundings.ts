/** What stands around a place in a source file and matters to what is written there. */
export interface Surroundings {
  readonly packageLine?: string;
  readonly imports: readonly string[];
  /** Headers of the types and functions that the place stands in, from the outermost. */
  readonly enclosing: readonly string[];
}

/** Languages whose blocks stand in braces and whose files start with package and imports. */
const braced = new Set(["java", "kotlin", "groovy"]);

export function surroundingsOf(languageId: string, before: string, after: string): Surroundings {
  if (!braced.has(languageId)) return { imports: [], enclosing: [] };
  const head = before.split("\n");
  const packageLine = head.find((line) => /^\s*package\s+[\w.]+/.test(line))?.trim();
  const imports = [...head, ...after.split("\n")]
    .map((line) => line.trim())
    .filter((line) => /^import\s+(static\s+)?[\w.]+/.test(line));
  return {
    ...(packageLine !== undefined && { packageLine }),
    imports,
    enclosing: openHeaders(withoutLiterals(before)),
  };
}

/** Headers of the blocks that are still open at the end of the text. */
function openHeaders(text: string): readonly string[] {
  const open: string[] = [];
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === "{") {
      open.push(text.slice(start, index).trim().replaceAll(/\s+/g, " "));
      start = index + 1;
    } else if (character === "}") {
      open.pop();
      start = index + 1;
    } else if (character === ";") start = index + 1;
  }
  return open.map((header) => header.replace(/^.*\bimport [\w.]+ /, "")).filter((header) => header !== "");
}

/** Comments and texts as blanks, so that braces in them do not count. */
function withoutLiterals(text: string): string {
  return text.replaceAll(
    /\/\*[^]*?(\*\/|$)|\/\/[^\n]*|"""[^]*?("""|$)|"(\\.|[^"\\\n])*"?|'(\\.|[^'\\\n])*'?/g,
    " ",
  );
}
