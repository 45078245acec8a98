/** What each new line of a pending change rests on, found once the answer is whole. */
import * as vscode from "vscode";
import { lineOrigins, ownNames, type LineOrigin } from "../../core/answer/lineOrigins";
import { preparePassage } from "../../core/answer/support";
import type { Passage } from "../../core/search/passage";
import { compareByLine } from "./lineDiff";

/** Origins by the words of a line: a preview moves lines about, and lines of the same words rest on the same. */
export type Origins = ReadonlyMap<string, LineOrigin>;

export interface ProvenanceRequest {
  /** The file before and with the change, with `\n` line ends. */
  readonly before: string;
  readonly after: string;
  readonly languageId: string;
  readonly passages: readonly Passage[];
  /** Names of the project's own types. */
  readonly ownTypes: readonly string[];
}

export function originsOf({ before, after, languageId, passages, ownTypes }: ProvenanceRequest): Origins {
  const lines = after.split("\n");
  const wanted = addedLines(before.split("\n"), lines);
  const found = lineOrigins({
    lines,
    wanted,
    languageId,
    passages: passages.map(({ text }) => preparePassage(text)),
    project: new Set([...ownNames(before), ...ownNames(ownTypes.join(" "))]),
  });
  return new Map([...found].map(([line, origin]) => [lines[line]?.trim() ?? "", origin]));
}

/** Positions of the new lines; one that reads like a line elsewhere in the file is new all the same. */
function addedLines(before: readonly string[], after: readonly string[]): ReadonlySet<number> {
  const added = new Set<number>();
  let at = 0;
  for (const { kind, lines } of compareByLine(before, after)) {
    if (kind === "removed") continue;
    if (kind === "added") for (let line = at; line < at + lines.length; line++) added.add(line);
    at += lines.length;
  }
  return added;
}

/** What the hover says: the passages that know the line's names, each with its place and its best line, and what nothing knows. */
export function originMarkdown(
  origin: LineOrigin,
  passages: readonly Passage[],
  line: string,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString(undefined, true);
  text.isTrusted = { enabledCommands: ["docwright.openPassage", "docwright.openOfficialPage"] };
  switch (origin.kind) {
    case "documents":
      text.appendMarkdown(`$(book) **${vscode.l10n.t("From the documents")}**\n\n`);
      break;
    case "project":
      text.appendMarkdown(`$(project) **${vscode.l10n.t("From the project's own code")}**\n\n`);
      break;
    case "model":
      text.appendMarkdown(
        `$(sparkle) **${vscode.l10n.t("From the model alone")}**: ${vscode.l10n.t("no passage of the answer and nothing of the project has these names.")}\n\n`,
      );
  }
  for (const index of origin.passages) {
    const passage = passages[index];
    if (!passage) continue;
    const argument = encodeURIComponent(JSON.stringify([passage]));
    const place = [
      passage.document,
      passage.version,
      passage.page === undefined ? "" : vscode.l10n.t("page {0}", passage.page),
    ];
    const heading = passage.headingPath.slice(-2).join(" › ") || passage.document;
    text.appendMarkdown(`[${index + 1}] [`);
    text.appendText(heading);
    text.appendMarkdown(`](command:docwright.openPassage?${argument}) · `);
    text.appendText(place.filter((part) => part !== undefined && part !== "").join(" · "));
    text.appendMarkdown("\n\n");
    const quoted = bestLine(passage.text, line);
    if (quoted !== "") text.appendCodeblock(quoted, "text");
  }
  if (origin.kind === "documents" && origin.unknown.length > 0) {
    text.appendMarkdown(`\n\n$(info) ${vscode.l10n.t("Not in the documents nor in the project:")} `);
    text.appendMarkdown(origin.unknown.map((name) => `\`${name.replaceAll("`", "")}\``).join(", "));
  }
  return text;
}

/** The passage's line that shares most words with the code. */
function bestLine(passage: string, line: string): string {
  const words = new Set(line.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
  const scored = passage
    .split("\n")
    .map((text) => ({
      text: text.trim(),
      score: new Set(
        text
          .toLowerCase()
          .match(/[\p{L}\p{N}]{3,}/gu)
          ?.filter((word) => words.has(word)),
      ).size,
    }))
    .filter(({ score }) => score > 0);
  return scored.sort((left, right) => right.score - left.score)[0]?.text.slice(0, 200) ?? "";
}
