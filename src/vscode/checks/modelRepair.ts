/**
 * Gives what the checks found back to the model, in the background, while the answer stands there to be decided about. An answer with fewer
 * findings is added beside it, and shown where the person has not begun to decide; any other is forgotten.
 */
import * as vscode from "vscode";
import { codeBlocks } from "../../core/answer/codeBlocks";
import { repairable, repairRequest, mostRounds } from "../../core/checks/repair/repairRequest";
import { weightOf } from "../../core/checks/repair/mend";
import type { Engine } from "../../core/engine";
import { failureOf, isAbort } from "../../core/failure";
import { answerRequest } from "../generate/generate";
import type { Log } from "../log";
import { Attempt, type Revision } from "../pending/attempt";
import type { PendingChange } from "../pending/pendingChange";
import type { PendingChanges } from "../pending/pendingChanges";
import type { ProjectVersions } from "../projectVersion";
import type { Settings } from "../settings";
import { factsChoice } from "./factsChoice";
import { findingsOfChange, type CheckedProposal } from "./changeFindings";

export interface ModelRepair {
  /** Begins where there is something to mend, and the answer that is shown was not given back before. */
  start(change: PendingChange, proposals: readonly CheckedProposal[]): void;
  stop(change: PendingChange): void;
}

export interface ModelRepairProps {
  readonly engine: Pick<Engine, "answer" | "check">;
  readonly settings: () => Settings;
  readonly versions: Pick<ProjectVersions, "current">;
  readonly pending: Pick<PendingChanges, "tryOut" | "settle" | "keep">;
  readonly log: Log;
}

const owner = "repair";

export function createModelRepair(props: ModelRepairProps): ModelRepair {
  const { pending, log } = props;
  const running = new Map<PendingChange, AbortController>();
  /** Answers that were given back, or came back: how often. */
  const rounds = new WeakMap<Attempt, number>();

  const run = async (change: PendingChange, proposals: readonly CheckedProposal[], round: number) => {
    const controller = new AbortController();
    const { signal } = controller;
    const { attempt } = change;
    running.set(change, controller);
    rounds.set(attempt, round);
    change.setRemarks(owner, [
      {
        icon: "sync~spin",
        text: vscode.l10n.t("the model corrects it ({0} of {1}); stop", round, mostRounds),
        tooltip: vscode.l10n.t(
          "The model was given what the checks found. Decide at any time; a better answer is put beside this one.",
        ),
        command: "stopRepair",
      },
    ]);
    try {
      const next = await correction(props, change, proposals, signal);
      signal.throwIfAborted();
      change.setRemarks(owner, []);
      if (!next) return;
      rounds.set(next, round);
      change.add(next, change.attempt === attempt && change.isUntouched);
      if (change.attempt === next) await pending.settle(change);
      pending.keep();
    } catch (error) {
      change.setRemarks(owner, []);
      if (!isAbort(error) && !signal.aborted) log.warn(`repair: ${JSON.stringify(failureOf(error))}`);
    } finally {
      if (running.get(change) === controller) running.delete(change);
    }
  };

  return {
    start(change, proposals) {
      const done = rounds.get(change.attempt) ?? 0;
      const wrong = repairable(proposals.flatMap(({ findings }) => findings));
      if (wrong.length === 0 || running.has(change) || change.phase.kind !== "ready") return;
      const isFirst = done === 0 && change.attempt.mending !== "as-written";
      const cameBack = done > 0 && done < mostRounds && change.attempt.correction !== undefined;
      if (isFirst || cameBack) void run(change, proposals, done + 1);
    },
    stop: (change) => running.get(change)?.abort(),
  };
}

/** The model's next answer, when it is better than the one that is shown. */
async function correction(
  { engine, settings, versions, pending }: ModelRepairProps,
  change: PendingChange,
  proposals: readonly CheckedProposal[],
  signal: AbortSignal,
): Promise<Attempt | undefined> {
  const { attempt, main } = change;
  const document = await vscode.workspace.openTextDocument(main.uri);
  const choice = await versions.current(document, signal);
  const findings = proposals.flatMap((proposal) => proposal.findings);
  const checked = proposals.map(({ file, text }) => ({ path: file.uri.fsPath, text }));
  const request = repairRequest(
    answerRequest(change, document, choice, settings()),
    attempt.answer,
    repairable(findings),
    checked,
  );
  const result = await engine.answer(request, () => undefined, signal);
  const texts = codeBlocks(result.text).length > 0 ? await pending.tryOut(change, result.text) : [];
  if (texts.length === 0) return undefined;
  const report = await engine.check(
    {
      files: texts.map(({ uri, after }) => ({ path: uri.fsPath, text: after })),
      offline: true,
      mend: true,
      trusted: vscode.workspace.isTrusted,
      ...(await factsChoice(settings())),
    },
    () => undefined,
    signal,
  );
  const revisions = new Map<string, Revision>();
  const left = texts.flatMap(({ uri, before, after }) => {
    const own = report.files.find(({ path }) => path === uri.fsPath)?.findings ?? [];
    const text = report.mended?.files.find(({ path }) => path === uri.fsPath)?.text ?? after;
    if (text !== after) revisions.set(uri.toString(), { before, after: text });
    return findingsOfChange(text, own, before);
  });
  if (weightOf([{ path: "", findings: left }]) >= weightOf([{ path: "", findings }])) return undefined;
  const { instruction, turns } = attempt;
  const next = new Attempt({
    instruction,
    turns,
    answer: result.text,
    passages: result.passages,
    complete: true,
  });
  next.model = attempt.model;
  next.leftOut = result.leftOut;
  next.correction = { before: findings.length, now: left.length };
  next.mending = "mended";
  next.mended = report.mended?.done.map(({ title }) => title) ?? [];
  next.revisions = revisions;
  return next;
}
