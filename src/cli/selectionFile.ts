import { readFile } from "node:fs/promises";
import { basename, extname, relative } from "node:path";
import type { SelectionContext } from "../core/answer/answer";
import { FailureError } from "../core/failure";
import { badArgument } from "./flags";

/** VS Code's language ids of what Docwright writes. */
const languages: Readonly<Record<string, string>> = {
  ".java": "java",
  ".kt": "kotlin",
  ".kts": "kotlin",
  ".properties": "properties",
  ".yml": "yaml",
  ".yaml": "yaml",
  ".xml": "xml",
  ".gradle": "groovy",
};

/** Lines `A-B` or `A` of a file, from 1, with the text around them; without lines the whole file. */
export async function readSelection(
  file: string,
  lines: string | undefined,
  projectDirectory: string | undefined,
): Promise<SelectionContext> {
  const content = await readFile(file, "utf8").catch(() => {
    throw new FailureError({ kind: "not-found", path: file });
  });
  return selectLines(content, lines, {
    languageId: languages[extname(file)] ?? "plaintext",
    file: projectDirectory === undefined ? basename(file) : relative(projectDirectory, file),
  });
}

export function selectLines(
  content: string,
  lines: string | undefined,
  place: Pick<SelectionContext, "languageId" | "file">,
): SelectionContext {
  const all = content.split("\n");
  const match = /^(\d+)(?:-(\d+))?$/.exec(lines ?? `1-${all.length}`);
  if (!match) throw badArgument(`--lines takes A-B, for example 10-20, not "${lines ?? ""}".`);
  const startLine = Number(match[1]);
  const endLine = Number(match[2] ?? match[1]);
  if (startLine < 1 || endLine < startLine || startLine > all.length) {
    throw badArgument(`--lines ${lines ?? ""} does not lie within the ${all.length} lines of the file.`);
  }
  return {
    ...place,
    text: all.slice(startLine - 1, endLine).join("\n"),
    startLine,
    endLine: Math.min(endLine, all.length),
    before: all.slice(0, startLine - 1).join("\n"),
    after: all.slice(endLine).join("\n"),
  };
}
