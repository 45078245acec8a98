/** The commands that add reference documents, and how work on them is shown while it runs. */
import * as vscode from "vscode";
import { plainMessage } from "../plainText";
import { originOf, type DocumentWish } from "../../core/document/documentWish";
import type { IndexReport } from "../../core/engine";
import { officialSources, type OfficialSource } from "../../core/site/officialSources";
import { withProgress, type ProgressReport } from "../progress";
import { localised } from "../localised";
import type { Log } from "../log";
import { versionProblem } from "../versionChoice";
import { chooseSource } from "./chooseSource";
import type { IndexJobs, IndexWork } from "./indexJobs";
import { reportText } from "./indexProgressText";

export interface IndexCommandsProps {
  readonly jobs: IndexJobs;
  readonly log: Log;
  /** The project's own version, where it is known. */
  readonly projectVersion: () => Promise<string | undefined>;
  /** Called after the document sets have changed. */
  readonly changed: () => void;
}

export interface IndexCommands {
  /** Asks for source, name and version. True when something was indexed. */
  index(): Promise<boolean>;
  /** Indexes the official documents of a version after a question that names the host. */
  indexOfficial(version: string): Promise<boolean>;
  run(work: IndexWork): Promise<boolean>;
  resume(jobId: string): Promise<boolean>;
}

export function createIndexCommands(props: IndexCommandsProps): IndexCommands {
  const { jobs, log, projectVersion, changed } = props;

  /** With a notification; its Cancel pauses, and the view has the way to go on or to forget it. */
  const show = async (
    start: (
      tell: (text: string, done?: number) => void,
      signal: AbortSignal,
    ) => Promise<IndexReport | undefined>,
  ): Promise<boolean> => {
    const report = await withProgress(vscode.l10n.t("Docwright indexes"), (tell, signal) =>
      start((message, done) => {
        const progress: ProgressReport = { message, ...(done !== undefined && { done }) };
        tell(progress);
      }, signal),
    ).finally(changed);
    if (!report) return false;
    for (const { path, why } of report.passedOver) log.info(`passed over ${path}: ${why}`);
    log.info(`indexed: ${JSON.stringify({ timings: report.timings, check: report.check })}`);
    const { text: said, whole } = reportText(report, localised);
    const text = plainMessage(said);
    void (whole ? vscode.window.showInformationMessage(text) : vscode.window.showWarningMessage(text));
    return report.sets.length > 0;
  };
  const run = (work: IndexWork) => show((tell, signal) => jobs.run(work, tell, signal));

  const runOfficial = async ({ title, url, notice, wish, springBootVersion, assumed }: OfficialSource) => {
    const download = vscode.l10n.t("Download and index");
    const guess = assumed
      ? vscode.l10n.t(
          "This Docwright does not know the version; the address follows the pattern of earlier ones.",
        )
      : "";
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t("Download {0} from {1}?", title, new URL(url).host),
      { modal: true, detail: [url, guess, notice].filter((part) => part !== "").join("\n\n") },
      download,
    );
    if (chosen !== download) return false;
    return run(workOf([wish], title, { name: title, springBootVersion }));
  };

  return {
    run,
    resume: (jobId) => show((tell, signal) => jobs.resume(jobId, tell, signal)),
    async indexOfficial(version) {
      const [official] = officialSources(version);
      if (official) return runOfficial(official);
      const index = vscode.l10n.t("Index documents…");
      const chosen = await vscode.window.showWarningMessage(
        vscode.l10n.t(
          "It is not known where the reference of Spring Boot {0} is published. Index its address or a file.",
          version,
        ),
        index,
      );
      if (chosen === index) await vscode.commands.executeCommand("docwright.index");
      return false;
    },
    async index() {
      const source = await chooseSource(await projectVersion());
      if (!source) return false;
      if ("official" in source) return runOfficial(source.official);
      const name = await vscode.window.showInputBox({
        title: vscode.l10n.t("Index reference docs (2 of 3)"),
        prompt: vscode.l10n.t("A name for this document set; leave it empty to use the document's title."),
      });
      if (name === undefined) return false;
      const version = await vscode.window.showInputBox({
        title: vscode.l10n.t("Index reference docs (3 of 3)"),
        prompt: vscode.l10n.t(
          "The Spring Boot version it is for; leave it empty to read it from the document.",
        ),
        placeHolder: "3.2.1",
        validateInput: (typed) => (typed.trim() === "" ? undefined : versionProblem(typed)),
      });
      if (version === undefined) return false;
      const [typedName, typedVersion] = [name.trim(), version.trim()];
      return run(
        workOf(source.wishes, typedName, {
          ...(typedName !== "" && { name: typedName }),
          ...(typedVersion !== "" && { springBootVersion: typedVersion }),
        }),
      );
    },
  };
}

/** @param title What to call the work; absent or empty: where it comes from. */
export function workOf(
  wishes: readonly DocumentWish[],
  title: string,
  request: IndexWork["request"],
): IndexWork {
  const origins = wishes.map(originOf);
  return { title: title === "" ? origins.join(", ") : title, origins, wishes, sources: [], request };
}
