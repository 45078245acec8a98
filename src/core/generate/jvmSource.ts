/**
 * As much of the structure of Java and Kotlin source as placing code needs: header, types and braces. It works on text whose strings
 * and comments are blanked, tolerates code that is cut off in the middle, and is no parser: what it cannot see it leaves alone.
 */

export interface JvmHeader {
  /** The package line with its line end excluded; offsets of the text. */
  readonly packageLine?: Line;
  readonly imports: readonly Line[];
  /** Offset after the last line of package and imports; 0 when there is neither. */
  readonly end: number;
}

export interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface JvmType {
  readonly name: string;
  /** Start of its annotations and modifiers. */
  readonly start: number;
  /** Offset of the opening brace. */
  readonly open: number;
  /** Offset of the closing brace, or the text's length where it is cut off. */
  readonly close: number;
  /** 0 for a type that no other one encloses. */
  readonly depth: number;
}

export interface JvmBlock {
  readonly open: number;
  readonly close: number;
}

/** Strings, characters and comments, whole or cut off. */
const literalsAndComments =
  /"""[\s\S]*?(?:"""|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

const blank = (text: string) => text.replace(/[^\n]/g, " ");

/** The text with strings, characters and comments blanked; offsets and line ends stay. */
export function masked(text: string): string {
  return text.replace(literalsAndComments, blank);
}

/** The text with comments blanked, strings as they are; offsets and line ends stay. */
export function withoutComments(text: string): string {
  return text.replace(literalsAndComments, (match) => (match.startsWith("/") ? blank(match) : match));
}

export function headerOf(text: string): JvmHeader {
  const visible = masked(text);
  const imports: Line[] = [];
  let packageLine: Line | undefined;
  let end = 0;
  for (const match of visible.matchAll(/^[^\n]*$/gm)) {
    const line = match[0].trim();
    if (line === "") continue;
    const found = { start: match.index, end: match.index + match[0].trimEnd().length, text: line };
    if (/^package\s/.test(line)) packageLine = found;
    else if (/^import\s/.test(line)) imports.push(found);
    else if (!line.startsWith("@file:")) break;
    end = found.end;
  }
  return { ...(packageLine && { packageLine }), imports, end };
}

/** All braces, outer before inner; one that is not closed reaches to the end. */
export function blocksOf(text: string): readonly JvmBlock[] {
  return blocksIn(masked(text));
}

function blocksIn(visible: string): readonly JvmBlock[] {
  const open: number[] = [];
  const blocks: JvmBlock[] = [];
  for (let index = 0; index < visible.length; index++) {
    if (visible[index] === "{") open.push(index);
    else if (visible[index] === "}") {
      const start = open.pop();
      if (start !== undefined) blocks.push({ open: start, close: index });
    }
  }
  for (const start of open) blocks.push({ open: start, close: visible.length });
  return blocks.sort((left, right) => left.open - right.open);
}

/** The types of the text in order. A type without a body (Kotlin's `class A`) is not seen. */
export function typesOf(text: string): readonly JvmType[] {
  const visible = withoutArguments(masked(text));
  const header = headerOf(text).end;
  const types: JvmType[] = [];
  for (const { open, close } of blocksIn(visible)) {
    const before = Math.max(...[";", "{", "}"].map((mark) => visible.lastIndexOf(mark, open - 1))) + 1;
    const start = Math.max(before, header);
    const head = visible.slice(start, open);
    const name = /(?:^|[\s)])(?:class|interface|enum|record|object|@interface)\s+(\w+)/.exec(head)?.[1];
    if (name === undefined) continue;
    const depth = types.filter((type) => type.open < open && close <= type.close).length;
    types.push({ name, start: start + (head.length - head.trimStart().length), open, close, depth });
  }
  return types;
}

/** Blanks what stands in parentheses: the braces of an annotation's array are no blocks. */
function withoutArguments(visible: string): string {
  let depth = 0;
  return visible.replace(/[()]|[^()\n]/g, (character) => {
    if (character === ")") depth = Math.max(0, depth - 1);
    const hidden = depth > 0;
    if (character === "(") depth++;
    return hidden ? " " : character;
  });
}

/** Names that a type declares or calls right in its body, before an opening parenthesis: its methods and constructors among them. */
export function memberNames(text: string, type: JvmType): ReadonlySet<string> {
  const visible = masked(text);
  let depth = 0;
  let surface = "";
  for (let index = type.open + 1; index < type.close; index++) {
    const character = visible[index] ?? "";
    if (character === "{") depth++;
    if (depth === 0) surface += character;
    if (character === "}") {
      depth--;
      surface += ";";
    }
  }
  return new Set([...surface.matchAll(/(?<![@.\w])(\w+)\s*\(/g)].map((match) => match[1] ?? ""));
}

/** True for code that declares a member: an annotation or access modifier first, then a method, a field or a nested type. */
export function declaresMember(code: string): boolean {
  const visible = masked(code).trimStart();
  return (
    /^(?:@\w+(?:\([^)]*\))?\s+)*(?:public|protected|private|internal|static|abstract|override|suspend|fun)\s/.test(
      visible,
    ) ||
    /^(?:@\w+(?:\([^)]*\))?\s+)+[\w<>[\],.? ]+\s\w+\s*\(/.test(visible) ||
    packagePrivateMethod.test(visible)
  );
}

/** `void close() {`: two words before the parentheses, of which the first begins no statement. */
const packagePrivateMethod =
  /^(?!(?:return|throw|new|else|yield|assert|case|await)\b)\w[\w<>[\],.? ]*\s\w+\s*\([^;{}]*\)\s*(?:throws\s[\w.,\s]+)?\{/;

/** The package that a source file's folder means, for a path with `src/<set>/java` or `src/<set>/kotlin` in it. */
export function packageOfPath(path: string): string | undefined {
  const folders = /(?:^|[\\/])src[\\/][^\\/]+[\\/](?:java|kotlin)[\\/](.+)[\\/][^\\/]+$/.exec(path)?.[1];
  return folders?.split(/[\\/]/).join(".");
}
