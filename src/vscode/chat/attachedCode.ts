import type { SelectionContext } from "../../core/answer/answer";
import type { AttachedCode } from "../../protocol/chat";

/** A selection as its chip names it: `OrderService.java:12-20`; `fileName` names it where the selection has no file. */
export function attachedCode(selection: SelectionContext, fileName: string): AttachedCode {
  const { text, languageId, file, startLine, endLine } = selection;
  const name = (file ?? fileName).split(/[\\/]/).at(-1) ?? fileName;
  const lines =
    startLine === undefined ? "" : `:${startLine}${endLine === startLine ? "" : `-${endLine ?? ""}`}`;
  return {
    label: `${name}${lines}`,
    languageId,
    text,
    ...(file !== undefined && { file }),
    ...(startLine !== undefined && { startLine }),
    ...(endLine !== undefined && { endLine }),
  };
}

/** Code whose further lines begin where its first one will: below the blanks that stand before the caret. */
export function indentFurtherLines(code: string, beforeCaret: string): string {
  const indent = /^\s*/.exec(beforeCaret)?.[0] ?? "";
  if (indent === "") return code;
  return code
    .split("\n")
    .map((line, index) => (index === 0 || line === "" ? line : indent + line))
    .join("\n");
}
