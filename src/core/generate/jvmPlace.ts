/** Places Java and Kotlin: imports among the imports, members in the type, a whole class in an empty file. */
import { importBlock, importsStillUsed, mergeImports } from "./imports";
import { dedent, indentOf, indentText, reindent } from "./indentation";
import {
  blocksOf,
  declaresMember,
  headerOf,
  memberNames,
  packageOfPath,
  typesOf,
  type JvmHeader,
  type JvmType,
} from "./jvmSource";
import { insertionAt, replacement, wholeText } from "./linePlace";
import { lineEnd, lineStart, type TextEdit } from "./textEdit";
import type { Placement, PlaceRequest } from "./placement";

export function placeJvm(request: PlaceRequest): Placement {
  const { text, start, end, languageId } = request;
  const kotlin = languageId === "kotlin";
  const code = splitCode(request.code);
  const header = headerOf(text);
  const rest = text.slice(0, start) + text.slice(end);
  if (rest.slice(headerOf(rest).end).trim() === "" && (start < end || text.slice(header.end).trim() === "")) {
    return { edits: [wholeFile(request, header, code, kotlin)], notes: [] };
  }
  const imports = mergeImports(header, code.imports, kotlin);
  if (code.body.trim() === "") return imports;
  return { edits: [...imports.edits, bodyEdit(request, header, code.body)], notes: imports.notes };
}

interface JvmCode {
  readonly packageName?: string;
  readonly imports: readonly string[];
  /** Comments above the package or the imports. */
  readonly heading: string;
  readonly body: string;
}

function splitCode(code: string): JvmCode {
  const header = headerOf(code);
  const lines = [...(header.packageLine ? [header.packageLine] : []), ...header.imports];
  const first = Math.min(...lines.map((line) => line.start), header.end);
  const packageName = /^package\s+([\w.]+)/.exec(header.packageLine?.text ?? "")?.[1];
  return {
    ...(packageName && { packageName }),
    imports: header.imports.map((line) => line.text),
    heading: code.slice(0, first).trim(),
    body: code.slice(header.end),
  };
}

/** An empty file, or one selected as a whole: the file's own package and those of its imports that the code still uses stay. */
function wholeFile(request: PlaceRequest, header: JvmHeader, code: JvmCode, kotlin: boolean): TextEdit {
  const { text, path, unit } = request;
  const own = /^package\s+([\w.]+)/.exec(header.packageLine?.text ?? "")?.[1];
  const packageName = own ?? packageOfPath(path) ?? code.packageName;
  const kept = importsStillUsed(
    header.imports.map((line) => line.text),
    code.imports,
    code.body,
  );
  const parts = [
    code.heading,
    packageName === undefined ? "" : `package ${packageName}${kotlin ? "" : ";"}`,
    importBlock([...code.imports, ...kept], kotlin),
    reindent(code.body, "", unit),
  ];
  return wholeText(text, parts.filter((part) => part !== "").join("\n\n"));
}

function bodyEdit(request: PlaceRequest, header: JvmHeader, body: string): TextEdit {
  const { text, start, end, unit } = request;
  const types = typesOf(text);
  const answered = onlyType(body);
  const same = answered && types.find((type) => type.name === answered.name);
  if (answered && same && !covers(start, end, same)) {
    if (isWholeType(text, same, body, answered)) {
      return replacement(text, same.start, same.close + 1, body, unit);
    }
    const members = dedent(body.slice(answered.open + 1, answered.close));
    return members === "" ? replacement(text, start, end, "", unit) : inType(request, same, members);
  }
  if (start < end) return replacement(text, start, end, body, unit);

  const enclosing = types.findLast((type) => type.open < start && start <= type.close);
  const host =
    enclosing ?? (typesOf(body).length === 0 ? types.findLast((type) => type.depth === 0) : undefined);
  if (host) return inType(request, host, body);
  const at = start < header.end ? text.trimEnd().length : start;
  return insertionAt({ text, at, code: body, unit, indent: "", spaced: true });
}

/** A member goes between the members of its type, a statement where the caret is. */
function inType(request: PlaceRequest, host: JvmType, code: string): TextEdit {
  const { text, start, end, unit } = request;
  if (start < end && start > host.open && end <= host.close) return replacement(text, start, end, code, unit);
  const member = declaresMember(code) || typesOf(code).length > 0;
  const inside = start > host.open && start <= host.close;
  const blocks = blocksOf(text).filter((block) => block.open < start && start <= block.close);
  const innermost = blocks.at(-1);
  const indent = indentOf(text.slice(lineStart(text, host.start))) + indentText(unit);
  if (!inside) return beforeClose(text, host, code, indent, unit);
  if (innermost?.open === host.open) {
    if (start === host.close) return beforeClose(text, host, code, indent, unit);
    return insertionAt({ text, at: start, code, unit, indent, spaced: member });
  }
  if (member) {
    const method = blocks.find((block) => block.open > host.open);
    const at = method ? lineEnd(text, Math.min(method.close, text.length)) : start;
    return insertionAt({ text, at, code, unit, indent, spaced: true });
  }
  const blank = text.slice(lineStart(text, start), lineEnd(text, start)).trim() === "";
  const outer = innermost ? indentOf(text.slice(lineStart(text, innermost.open))) : indent;
  return insertionAt({ text, at: start, code, unit, ...(blank && { indent: outer + indentText(unit) }) });
}

function beforeClose(
  text: string,
  host: JvmType,
  code: string,
  indent: string,
  unit: PlaceRequest["unit"],
): TextEdit {
  const content = text.slice(0, host.close).trimEnd();
  const lines = reindent(code, indent, unit);
  const gap = content.endsWith("{") ? "\n" : "\n\n";
  return {
    start: content.length,
    end: host.close,
    text: `${gap}${lines}\n${indent.slice(indentText(unit).length)}`,
  };
}

/** The type of an answer that is one type and nothing beside it. */
function onlyType(body: string): JvmType | undefined {
  const [only, ...others] = typesOf(body).filter((type) => type.depth === 0);
  if (!only || others.length > 0) return undefined;
  return body.slice(only.close + 1).trim() === "" ? only : undefined;
}

const covers = (start: number, end: number, type: JvmType) => start <= type.start && end > type.close;

/** The answer repeats all that the type has: it is the type anew. One that is cut off still counts as a piece. */
function isWholeType(text: string, type: JvmType, body: string, answered: JvmType): boolean {
  if (answered.close >= body.length) return false;
  const repeated = memberNames(body, answered);
  return [...memberNames(text, type)].every((name) => repeated.has(name));
}
