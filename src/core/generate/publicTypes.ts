/** Java asks for a file for each public type: an answer that holds one beside other code is cut apart here. */
import { headerOf, typesOf } from "./jvmSource";

export interface TypeFile {
  readonly name: string;
  /** A whole file without its package line. */
  readonly code: string;
}

export interface SplitTypes {
  /** The code without the types that have their own file. */
  readonly rest: string;
  readonly files: readonly TypeFile[];
}

/** Cuts out the public types of the outermost level whose name `staysHere` does not take. */
export function splitPublicTypes(code: string, staysHere: (name: string) => boolean): SplitTypes {
  const header = headerOf(code);
  const imports = header.imports.map(({ text }) => text);
  const moved = typesOf(code).filter(({ name, start, open, close, depth }) => {
    const isPublic = /(^|\s)public\s/.test(code.slice(start, open).replaceAll(/\([^)]*\)/g, ""));
    return depth === 0 && isPublic && close < code.length && !staysHere(name);
  });
  let rest = code;
  for (const { start, close } of [...moved].reverse())
    rest = rest.slice(0, start).trimEnd() + rest.slice(close + 1);
  const files = moved.map(({ name, start, close }) => {
    const body = code.slice(start, close + 1);
    const used = imports.filter((line) => isUsed(line, body));
    return { name, code: [...used, ...(used.length > 0 ? [""] : []), body].join("\n") };
  });
  return { rest: files.length > 0 ? withUsedImports(rest) : rest, files };
}

/** The name that the file of this code has to have: its public type, else its first one. */
export function fileTypeName(code: string): string | undefined {
  const types = typesOf(code).filter(({ depth }) => depth === 0);
  const isPublic = ({ start, open }: { readonly start: number; readonly open: number }) =>
    /(^|\s)public\s/.test(code.slice(start, open));
  return (types.find(isPublic) ?? types[0])?.name;
}

function withUsedImports(code: string): string {
  const header = headerOf(code);
  const body = code.slice(header.end);
  if (body.trim() === "") return "";
  const lines = code.slice(0, header.end).split("\n");
  return (
    [...lines.filter((line) => !/^\s*import\s/.test(line) || isUsed(line, body)), ""].join("\n") +
    body.trimStart()
  );
}

function isUsed(importLine: string, body: string): boolean {
  const name = /([\w*]+)\s*;?\s*$/.exec(importLine)?.[1] ?? "*";
  return name === "*" || new RegExp(`\\b${name}\\b`).test(body);
}
