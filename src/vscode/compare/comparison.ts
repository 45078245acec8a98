/** One instruction answered twice by the same model: without documents, then with them. */
import * as vscode from "vscode";
import type { AnswerResult } from "../../core/answer/answer";
import { wholeFiles } from "../../core/answer/answerFiles";
import type { CheckRequest } from "../../core/checks/checkReport";
import type { Finding } from "../../core/checks/finding";
import type { Engine } from "../../core/engine";
import { isAbort } from "../../core/failure";
import type { Placing } from "../../core/generate/placing";
import { applyEdits } from "../../core/generate/textEdit";
import { factsChoice } from "../checks/factsChoice";
import type { EditorPlace } from "../generate/editorPlace";
import { generateRequest } from "../generate/editorPlace";
import { Attempt } from "../pending/attempt";
import type { ProjectVersions, VersionChoice } from "../projectVersion";
import type { Settings } from "../settings";

/** The two answers get the same one, so that chance does not make the difference. */
const usualSeed = 1;

export interface ComparedPlace extends EditorPlace {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

export interface ComparedSide {
  readonly withDocuments: boolean;
  readonly attempt: Attempt;
  /** The file with the answer in it; without a place, the answer's code, or all of it when it has none. */
  text: string;
  result?: AnswerResult;
  /** True when the server had to load the model first, which its times include. */
  loaded: boolean;
  /** Absent when the code could not be judged; `why` says so. */
  findings?: readonly Finding[];
  why?: string;
}

export interface Comparison {
  readonly instruction: string;
  readonly model: string;
  readonly place: ComparedPlace | undefined;
  readonly without: ComparedSide;
  readonly with: ComparedSide;
}

export interface ComparisonProps {
  readonly engine: Pick<Engine, "answer" | "check">;
  readonly versions: Pick<ProjectVersions, "current" | "withVersion">;
  readonly settings: () => Settings;
  readonly placing: () => Promise<Placing>;
}

/** Languages that the checks judge. */
const checked = /\.(java|kt|ya?ml|properties|xml|gradle|kts)$/;

export function newComparison(
  instruction: string,
  model: string,
  place: ComparedPlace | undefined,
): Comparison {
  const side = (withDocuments: boolean): ComparedSide => ({
    withDocuments,
    attempt: new Attempt({ instruction, answer: "", passages: [], complete: false }),
    text: place?.document.getText().replaceAll("\r\n", "\n") ?? "",
    loaded: false,
  });
  return { instruction, model, place, without: side(false), with: side(true) };
}

/** Answers both sides, one after the other because they share the machine; `changed` is called with each piece. */
export async function runComparison(
  { engine, versions, settings, placing }: ComparisonProps,
  comparison: Comparison,
  changed: (side: ComparedSide) => void,
  signal: AbortSignal,
): Promise<void> {
  const { place, instruction } = comparison;
  const snapshot = { ...settings(), model: comparison.model };
  const seed = snapshot.modelOptions["seed"] ?? usualSeed;
  const placer = await placing();
  const answer = async (side: ComparedSide, choice: VersionChoice) => {
    side.attempt.mark = side.withDocuments ? choice.mark : undefined;
    const result = await engine.answer(
      generateRequest({
        ...{ instruction, choice, seed, turns: [], settings: snapshot },
        withDocuments: side.withDocuments,
        ...(place && { place }),
      }),
      (event) => {
        if (signal.aborted) return;
        if (event.type === "status" && event.status === "loading-model") side.loaded = true;
        if (!side.attempt.take(event)) return;
        if (event.type === "token") side.text = textWith(side, place, placer);
        changed(side);
      },
      signal,
    );
    signal.throwIfAborted();
    side.attempt.finish(result.truncated);
    side.attempt.passages = result.passages;
    side.attempt.leftOut = result.leftOut;
    side.result = result;
    side.text = textWith(side, place, placer);
    changed(side);
  };
  const document = place?.document;
  await answer(comparison.without, await versions.current(document, signal));
  await versions.withVersion(document, (choice) => answer(comparison.with, choice), signal);
}

/** The code without anything around it, where the answer has some. */
function textWith(
  { attempt }: ComparedSide,
  place: ComparedPlace | undefined,
  { place: put }: Placing,
): string {
  const { code } = attempt.codeFor(place?.languageId ?? "java", place?.document.uri.path ?? "Answer.java");
  if (!place) return code.trim() === "" ? attempt.answer : code;
  const text = place.document.getText().replaceAll("\r\n", "\n");
  const { start, end, unit, languageId } = place;
  const { edits } = put({ text, start, end, code, languageId, unit, path: place.document.uri.path });
  return applyEdits(text, edits);
}

/** Judges both sides as files of the project; what cannot be judged is said, and is no failure. */
export async function checkComparison(
  { engine, settings }: Pick<ComparisonProps, "engine" | "settings">,
  comparison: Comparison,
  signal: AbortSignal,
): Promise<void> {
  const { place } = comparison;
  const path = place?.document.uri.fsPath ?? "";
  for (const side of [comparison.without, comparison.with]) {
    if (place?.document.uri.scheme !== "file" || !checked.test(place.document.uri.path)) {
      side.why = vscode.l10n.t("code that is for no file of a project is not checked");
      continue;
    }
    try {
      const report = await engine.check(
        {
          files: [{ path, text: side.text }, ...besideIn(side.attempt.answer, path)],
          offline: true,
          trusted: vscode.workspace.isTrusted,
          ...(await factsChoice(settings())),
        },
        () => undefined,
        signal,
      );
      if (report.judgedBy === "nothing" && report.notChecked.length > 0) {
        side.why = report.notChecked.map(({ why }) => why).join(" ");
      } else
        side.findings = ownFindings(
          report.files.filter((file) => file.path === path).flatMap(({ findings }) => findings),
          side.text,
          place,
        );
    } catch (error) {
      if (isAbort(error)) throw error;
      side.why = error instanceof Error ? error.message : String(error);
    }
  }
}

/** Other types of the answer, which its code may use. */
function besideIn(answer: string, path: string): CheckRequest["files"] {
  const folder = path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return wholeFiles(answer)
    .filter(({ name }) => name.endsWith(".java") && folder + name !== path)
    .map(({ name, text }) => ({ path: folder + name, text }));
}

/** What was wrong with the file before is no answer's fault. */
function ownFindings(findings: readonly Finding[], text: string, { document }: ComparedPlace): Finding[] {
  const before = new Set(linesOf(document.getText()));
  const lines = linesOf(text);
  return findings.filter(({ line }) => !before.has(lines[line - 1] ?? ""));
}

const linesOf = (text: string) => text.split(/\r?\n/).map((line) => line.trim());
