/**
 * Checks a pending change against its project before anybody reads it: in the background, anew after each change of it. The preview is
 * read-only, where VS Code offers no light bulb, so the ways to mend a finding stand in lenses, in hovers and among the problems.
 */
import * as vscode from "vscode";
import type { CheckReport, MendReport } from "../../core/checks/checkReport";
import type { Engine } from "../../core/engine";
import { failureOf, isAbort } from "../../core/failure";
import { applyEdits } from "../../core/generate/textEdit";
import type { Log } from "../log";
import type { Revision } from "../pending/attempt";
import { textOf } from "../pending/documentTexts";
import type { PendingChange } from "../pending/pendingChange";
import type { PendingChanges } from "../pending/pendingChanges";
import type { PendingFile } from "../pending/pendingFile";
import { withProgress } from "../progress";
import type { Settings } from "../settings";
import { diagnosticOf, findingsOfChange, previewRange, waysOf, type CheckedProposal } from "./changeFindings";
import { checking, remarksOf } from "./checkRemarks";
import { sampleRemark } from "./guideSample";
import { factsChoice } from "./factsChoice";
import { isFixArgument, registerFixes } from "./fixes";
import type { ModelRepair } from "./modelRepair";
import { tellOfTrust } from "./trust";

export interface PendingChecksProps {
  readonly engine: Pick<Engine, "check">;
  readonly repair: ModelRepair;
  readonly settings: () => Settings;
  readonly pending: PendingChanges;
  readonly workspaceState: vscode.Memento;
  readonly log: Log;
}

export interface PendingChecks {
  /** Does to the change what a finding's fix says. */
  applyFix(argument: unknown): Promise<void>;
  /** Checks again, and lets the user's own Maven fetch what is missing. */
  checkOnline(change: PendingChange): Promise<void>;
  /** The findings of a change as text, for a person; undefined when it was not checked. */
  report(change: PendingChange): CheckReport | undefined;
  dispose(): void;
}

/** Milliseconds that a change stays as it is before it is checked: hunks are decided one after the other. */
const settleTime = 300;
const owner = "checks";

interface Watched {
  /** The texts that are checked or were. */
  key: string;
  abort: AbortController;
  timer?: NodeJS.Timeout | undefined;
  proposals: readonly CheckedProposal[];
  report?: CheckReport | undefined;
}

export function createPendingChecks(props: PendingChecksProps): PendingChecks {
  const { engine, repair, settings, pending, workspaceState, log } = props;
  const watched = new Map<PendingChange, Watched>();
  const diagnostics = vscode.languages.createDiagnosticCollection("docwright-pending");

  const forget = (entry: Watched, change: PendingChange) => {
    entry.abort.abort();
    clearTimeout(entry.timer);
    entry.proposals = [];
    entry.report = undefined;
    for (const { previewUri } of change.files) diagnostics.delete(previewUri);
  };

  const texts = async (change: PendingChange): Promise<readonly CheckedProposal[]> => {
    const found: CheckedProposal[] = [];
    for (const file of change.files.filter(({ hunks, uri }) => hunks.length > 0 && uri.scheme === "file")) {
      const text = await textOf(file);
      if (text !== undefined) found.push({ file, text: file.proposed(text), findings: [] });
    }
    return found;
  };

  const show = (change: PendingChange, entry: Watched, report: CheckReport) => {
    entry.proposals.forEach(publish);
    const counted = entry.proposals.flatMap(({ findings }) => findings);
    change.setRemarks(owner, remarksOf(change, report, counted));
  };

  const publish = ({ file, findings }: CheckedProposal) => {
    const rendered = pending.previews.rendered(file);
    if (!rendered) return;
    diagnostics.set(
      file.previewUri,
      findings.map((finding) => diagnosticOf(previewRange(rendered.preview, finding), finding)),
    );
  };

  const check = async (change: PendingChange, entry: Watched, offline: boolean) => {
    const { signal } = entry.abort;
    const { proposals } = entry;
    const { attempt } = change;
    const mode = settings().checks;
    const mayMend =
      mode !== "check" &&
      (attempt.mending === "mended" ||
        (attempt.mending === "open" && change.isWhole && change.phase.kind === "ready"));
    change.setRemarks(owner, [checking()]);
    try {
      tellOfTrust(workspaceState);
      const report = await engine.check(
        {
          files: proposals.map(({ file, text }) => ({ path: file.uri.fsPath, text })),
          offline,
          mend: mayMend,
          trusted: vscode.workspace.isTrusted,
          ...(await factsChoice(settings())),
        },
        () => undefined,
        signal,
      );
      signal.throwIfAborted();
      if (report.mended) {
        await takeMended(pending, change, proposals, report.mended);
        return;
      }
      if (attempt.mending === "open") attempt.mending = "settled";
      entry.report = report;
      const documents = await Promise.all(proposals.map(({ file }) => textOf(file)));
      signal.throwIfAborted();
      entry.proposals = proposals.map((proposal, index) => {
        const all = report.files.find(({ path }) => path === proposal.file.uri.fsPath)?.findings ?? [];
        return { ...proposal, findings: findingsOfChange(proposal.text, all, documents[index] ?? "") };
      });
      show(change, entry, report);
      if (mode === "repair") repair.start(change, entry.proposals);
    } catch (error) {
      if (isAbort(error) || signal.aborted) return;
      const failure = failureOf(error);
      log.warn(`checks: ${JSON.stringify(failure)}`);
      change.setRemarks(owner, [
        {
          icon: "question",
          text: vscode.l10n.t("could not check"),
          tooltip: failure.kind,
          command: "showLog",
        },
      ]);
    }
  };

  const look = async (change: PendingChange) => {
    const entry = watched.get(change) ?? { key: "", abort: new AbortController(), proposals: [] };
    watched.set(change, entry);
    const isOn = change.phase.kind !== "working" && settings().checks !== "off";
    const proposals = isOn ? await texts(change) : [];
    if (watched.get(change) !== entry) return;
    const key = JSON.stringify(proposals.map(({ file, text }) => [file.uri.toString(), text]));
    const isShown = (change.remarks.get(owner)?.length ?? 0) > 0;
    const hasNoCode = isOn && change.phase.kind === "ready" && !change.hasCode;
    // Remarks change the change, too; and another answer begins without any.
    if (key === entry.key && isShown === (proposals.length > 0 || hasNoCode)) return;
    forget(entry, change);
    entry.key = key;
    entry.abort = new AbortController();
    entry.proposals = proposals;
    if (proposals.length > 0) entry.timer = setTimeout(() => void check(change, entry, true), settleTime);
    if (proposals.length > 0) change.setRemarks(owner, [checking()]);
    else if (hasNoCode) change.setRemarks(owner, [sampleRemark()]);
    else if (isShown) change.setRemarks(owner, []);
  };

  const found = (previewUri: vscode.Uri) => {
    for (const [change, entry] of watched) {
      const proposal = entry.proposals.find(
        ({ file }) => file.previewUri.toString() === previewUri.toString(),
      );
      if (proposal) return { change, proposal };
    }
    return undefined;
  };

  const subscriptions = vscode.Disposable.from(
    diagnostics,
    pending.onDidChange((change) => void look(change)),
    pending.onDidClose((change) => {
      const entry = watched.get(change);
      if (entry) forget(entry, change);
      watched.delete(change);
      repair.stop(change);
    }),
    pending.previews.onDidRender((file) => {
      const proposal = found(file.previewUri)?.proposal;
      if (proposal) publish(proposal);
    }),
    registerFixes({
      findingsOf: (uri) => found(uri)?.proposal.findings ?? [],
      preview: (uri) => {
        const file = found(uri)?.proposal.file;
        return file && pending.previews.rendered(file)?.preview;
      },
      onDidRender: pending.previews.onDidRender,
    }),
  );

  return {
    async applyFix(argument) {
      if (!isFixArgument(argument)) return;
      const place = found(vscode.Uri.from(argument.uri));
      const finding = place?.proposal.findings[argument.finding];
      const way = finding && waysOf(finding)[argument.way];
      if (!place || !way) return;
      await revise(place.change, place.proposal.file, place.proposal.text, way.edits);
    },
    async checkOnline(change) {
      const entry = watched.get(change);
      if (!entry) return;
      await withProgress("Docwright", async (report, signal) => {
        report({ message: vscode.l10n.t("Maven fetches the dependencies") });
        entry.abort.abort();
        entry.abort = new AbortController();
        signal.addEventListener("abort", () => entry.abort.abort(), { once: true });
        await check(change, entry, false);
      });
    },
    report: (change) => watched.get(change)?.report,
    dispose() {
      for (const [change, entry] of watched) forget(entry, change);
      subscriptions.dispose();
    },
  };
}

/** Beside the answer as it came; what was mended once is mended in place when its file changed meanwhile. */
async function takeMended(
  pending: PendingChanges,
  change: PendingChange,
  proposals: readonly CheckedProposal[],
  mended: MendReport,
): Promise<void> {
  const titles = mended.done.map(({ title }) => title);
  const revisions = new Map<string, Revision>();
  for (const { file, text } of proposals) {
    const after = mended.files.find(({ path }) => path === file.uri.fsPath)?.text;
    const before = (await textOf(file))?.replaceAll("\r\n", "\n");
    if (after === undefined || before === undefined || file.proposed(before) !== text) return;
    if (change.attempt.mending === "mended") {
      if (after !== text) change.revise(file, before, after);
    } else if (after !== text) revisions.set(file.uri.toString(), { before, after });
  }
  if (revisions.size === 0) return;
  change.branch(revisions, titles);
  await pending.settle(change);
  pending.keep();
}

/** Nothing happens when the file was edited since it was checked: it is checked anew already. */
async function revise(
  change: PendingChange,
  file: PendingFile,
  checked: string,
  edits: Parameters<typeof applyEdits>[1],
): Promise<void> {
  const text = await textOf(file);
  if (text === undefined || file.proposed(text) !== checked) return;
  change.revise(file, text, applyEdits(checked, edits));
}
