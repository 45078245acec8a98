/**
 * "Check this file" and "Check this project": findings among the problems, on the files themselves, with their quick fixes. A file that was
 * checked is checked again when it is edited, as long as its findings are shown.
 */
import * as vscode from "vscode";
import { languageOf } from "../../core/checks/check";
import type { CheckReport } from "../../core/checks/checkReport";
import type { Finding } from "../../core/checks/finding";
import { findingPassages, passageLine } from "../../core/checks/findingPassages";
import { reportMarkdown } from "../../core/checks/reportMarkdown";
import { targetVersion } from "../../core/checks/targetVersion";
import type { Engine } from "../../core/engine";
import { FailureError, isAbort } from "../../core/failure";
import { positionOf } from "../../core/generate/textEdit";
import type { Passage } from "../../core/search/passage";
import { openUntitled } from "../chat/untitled";
import { localised } from "../localised";
import type { Log } from "../log";
import { withProgress } from "../progress";
import type { ProjectVersions } from "../projectVersion";
import { diagnosticOf, waysOf } from "./changeFindings";
import type { Settings } from "../settings";
import { counted } from "../words";
import { factsChoice } from "./factsChoice";
import { tellOfTrust } from "./trust";

export interface FileChecksProps {
  readonly engine: Pick<Engine, "check" | "search">;
  readonly versions: Pick<ProjectVersions, "current">;
  readonly workspaceState: vscode.Memento;
  readonly log: Log;
  readonly settings: () => Settings;
}

export interface FileChecks {
  checkFile(argument: unknown): Promise<void>;
  checkProject(): Promise<void>;
  dispose(): void;
}

/** A file as it was checked; `\n` line ends. */
interface CheckedDocument {
  readonly text: string;
  readonly findings: readonly Finding[];
}

const sources = "**/{*.java,*.kt,*.properties,*.yml,*.yaml,*.gradle,*.gradle.kts,pom.xml,spring.factories}";
const passedOver = "**/{target,build,out,bin,node_modules,.*}/**";
const mostFiles = 10_000;
/** Milliseconds without typing before a file is checked again. */
const quietTime = 1_000;

export function createFileChecks(props: FileChecksProps): FileChecks {
  const { engine, versions, workspaceState, log, settings } = props;
  const diagnostics = vscode.languages.createDiagnosticCollection("docwright");
  const checked = new Map<string, CheckedDocument>();
  const timers = new Map<string, NodeJS.Timeout>();
  let rechecking = new AbortController();

  const check = async (
    files: readonly { readonly uri: vscode.Uri; readonly text?: string }[],
    version: string,
    offline: boolean,
    onProgress: (label: string) => void,
    signal: AbortSignal,
  ): Promise<CheckReport> => {
    tellOfTrust(workspaceState);
    const report = await engine.check(
      {
        files: files.map(({ uri, text }) => ({ path: uri.fsPath, ...(text !== undefined && { text }) })),
        springBootVersion: version,
        ...(await factsChoice(settings())),
        offline,
        trusted: vscode.workspace.isTrusted,
      },
      ({ label }) => onProgress(label),
      signal,
    );
    signal.throwIfAborted();
    for (const [index, { uri, text }] of files.entries()) {
      const findings = report.files[index]?.findings ?? [];
      publish(uri, text ?? "", findings);
    }
    return report;
  };

  const publish = (uri: vscode.Uri, text: string, findings: readonly Finding[]) => {
    if (findings.length === 0) {
      checked.delete(uri.toString());
      diagnostics.delete(uri);
      return;
    }
    checked.set(uri.toString(), { text, findings });
    diagnostics.set(
      uri,
      findings.map((finding) => diagnosticOf(rangeOf(finding), finding)),
    );
  };

  const run = async (
    uris: readonly vscode.Uri[],
    about: vscode.TextDocument | undefined,
    isProject: boolean,
  ) => {
    if (uris.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t("There is nothing here that can be checked."));
      return;
    }
    const work = (offline: boolean) =>
      withProgress(vscode.l10n.t("Docwright checks"), async (report, signal) => {
        const { project, springBootVersion } = await versions.current(about, signal);
        const target = targetVersion(project?.springBootVersion ?? springBootVersion);
        report({
          message: vscode.l10n.t(
            "{0} for Spring Boot {1}",
            counted(uris.length, "file", localised),
            target.version,
          ),
        });
        const files = await Promise.all(uris.map(async (uri) => ({ uri, text: await currentText(uri) })));
        return check(files, target.version, offline, (message) => report({ message }), signal);
      });
    let report = await work(true);
    if (report.classpath?.complete === false && vscode.workspace.isTrusted) {
      const fetch = vscode.l10n.t("Fetch with Maven");
      const why = report.notChecked.map((note) => note.why)[0] ?? "";
      const chosen = await vscode.window.showWarningMessage(
        vscode.l10n.t("Not all could be checked: {0}", why),
        fetch,
        vscode.l10n.t("Go on"),
      );
      if (chosen === fetch) report = await work(false);
    }
    await tell(report, isProject);
  };

  const tell = async (report: CheckReport, isProject: boolean) => {
    const findings = report.files.flatMap((file) => file.findings);
    const files = report.files.filter((file) => file.findings.length > 0).length;
    const told = counted(findings.length, "finding", localised);
    const show = vscode.l10n.t("Show problems");
    const written = vscode.l10n.t("Write a report");
    const message =
      findings.length === 0
        ? report.notChecked.length === 0
          ? vscode.l10n.t("Checked: nothing was found.")
          : vscode.l10n.t("Nothing was found, but not all could be checked.")
        : isProject
          ? vscode.l10n.t("{0} in {1}.", told, counted(files, "file", localised))
          : `${told}.`;
    const chosen = await vscode.window.showInformationMessage(
      message,
      ...(findings.length > 0 ? [show] : []),
      written,
    );
    if (chosen === show) await vscode.commands.executeCommand("workbench.actions.view.problems");
    if (chosen === written) await openUntitled(await markdownOf(report), "markdown");
  };

  const markdownOf = (report: CheckReport) =>
    withProgress(vscode.l10n.t("Docwright writes the report"), async (_, signal) => {
      const { springBootVersion } = report;
      const passages = await findingPassages(
        report.files.flatMap(({ findings }) => findings),
        {
          search: (request, abort) => engine.search(request, abort),
          ...(springBootVersion !== undefined && { springBootVersion }),
        },
        signal,
      ).catch((error: unknown) => {
        // Without documents of this version the report says what was found all the same.
        if (error instanceof FailureError) return new Map<string, Passage>();
        throw error;
      });
      return reportMarkdown(
        report,
        {
          title: vscode.l10n.t("Checked for Spring Boot {0}", springBootVersion ?? ""),
          name: (path) => vscode.workspace.asRelativePath(path),
          passageOf: ({ message }) => {
            const passage = passages.get(message);
            return passage ? passageLine(passage) : "";
          },
        },
        localised,
      );
    });

  /** Of a file whose findings are shown. */
  const recheck = async (document: vscode.TextDocument) => {
    const { signal } = rechecking;
    try {
      const { project, springBootVersion } = await versions.current(document, signal);
      const { version } = targetVersion(project?.springBootVersion ?? springBootVersion);
      await check([{ uri: document.uri, text: plain(document) }], version, true, () => undefined, signal);
    } catch (error) {
      if (!isAbort(error)) log.warn(`checks: ${String(error)}`);
    }
  };

  const subscriptions = vscode.Disposable.from(
    diagnostics,
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      const key = document.uri.toString();
      if (!checked.has(key)) return;
      clearTimeout(timers.get(key));
      rechecking.abort();
      rechecking = new AbortController();
      timers.set(
        key,
        setTimeout(() => void recheck(document), quietTime),
      );
    }),
    vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => publish(uri, "", []))),
    vscode.languages.registerCodeActionsProvider(
      { scheme: "file" },
      {
        provideCodeActions(document, range, context) {
          const known = checked.get(document.uri.toString());
          if (known?.text !== plain(document)) return [];
          return known.findings
            .filter((finding) => rangeOf(finding).intersection(range) !== undefined)
            .flatMap((finding) => actionsOf(document, known.text, finding, context.diagnostics));
        },
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );

  return {
    async checkFile(argument) {
      const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
      const isFile = uri?.scheme === "file" && languageOf(uri.path) !== "other";
      const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri?.toString());
      await run(isFile ? [uri] : [], document, false);
    },
    async checkProject() {
      const document = vscode.window.activeTextEditor?.document;
      const own = document && vscode.workspace.getWorkspaceFolder(document.uri);
      const folder = own ?? vscode.workspace.workspaceFolders?.[0];
      const found = folder
        ? await vscode.workspace.findFiles(new vscode.RelativePattern(folder, sources), passedOver, mostFiles)
        : [];
      await run(
        [...found].sort((left, right) => (left.path < right.path ? -1 : 1)),
        document,
        true,
      );
    },
    dispose() {
      rechecking.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      subscriptions.dispose();
    },
  };
}

function actionsOf(
  document: vscode.TextDocument,
  text: string,
  finding: Finding,
  shown: readonly vscode.Diagnostic[],
): readonly vscode.CodeAction[] {
  return waysOf(finding).map(({ title, edits }) => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.isPreferred = finding.fix !== undefined;
    action.diagnostics = shown.filter(({ message }) => message === finding.message);
    action.edit = new vscode.WorkspaceEdit();
    for (const edit of edits) {
      const at = (offset: number) => {
        const { line, character } = positionOf(text, offset);
        return new vscode.Position(line, character);
      };
      action.edit.replace(document.uri, new vscode.Range(at(edit.start), at(edit.end)), edit.text);
    }
    return action;
  });
}

function rangeOf({ line, column, endLine = line, endColumn = column + 1 }: Finding): vscode.Range {
  return new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}

const plain = (document: vscode.TextDocument) => document.getText().replaceAll("\r\n", "\n");

/** What the editor has, saved or not; else what is on disk. */
async function currentText(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (open) return plain(open);
  const bytes = await vscode.workspace.fs.readFile(uri);
  return new TextDecoder().decode(bytes).replaceAll("\r\n", "\n");
}
