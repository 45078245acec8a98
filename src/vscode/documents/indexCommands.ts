/** The commands that index reference documents and remove document sets. */
import * as vscode from "vscode";
import type { DocumentSet } from "../../core/document/documentSet";
import type { DocumentWish } from "../../core/document/documentWish";
import type { Engine, IndexSource } from "../../core/engine";
import type { Obtain } from "../../core/obtain";
import { officialSources } from "../../core/site/officialSources";
import { withProgress } from "../progress";
import { localised } from "../localised";
import type { Log } from "../log";
import { versionProblem } from "../versionChoice";
import { counted, gigabytes } from "../words";
import { obtainText, progressShare, progressText, reportText } from "./indexProgressText";

export interface IndexCommandsProps {
  readonly engine: Engine;
  readonly obtain: Obtain;
  readonly log: Log;
  /** Called after the document sets have changed. */
  readonly changed: () => void;
}

export interface IndexCommands {
  /** Asks for source, name and version. True when something was indexed. */
  index(): Promise<boolean>;
  /** Indexes the official documents of a version after a question that names the host. */
  indexOfficial(version: string): Promise<boolean>;
  removeSet(): Promise<void>;
}

interface Wanted {
  readonly wishes: readonly DocumentWish[];
  readonly name?: string;
  readonly version?: string;
}

export function createIndexCommands(props: IndexCommandsProps): IndexCommands {
  const { engine, obtain, log, changed } = props;
  const run = async ({ wishes, name, version }: Wanted): Promise<boolean> => {
    const report = await withProgress(vscode.l10n.t("Docwright indexes"), async (tell, signal) => {
      const sources: IndexSource[] = [];
      for (const wish of wishes) {
        const { source, passedOver } = await obtain(
          wish,
          (at) => tell({ message: obtainText(at, localised) }),
          signal,
        );
        for (const { path, why } of passedOver) log.info(`passed over ${path}: ${why}`);
        sources.push(source);
      }
      return engine.index(
        {
          sources,
          ...(name !== undefined && name !== "" && { name }),
          ...(version !== undefined && version !== "" && { springBootVersion: version }),
        },
        (progress) => {
          const done = progressShare(progress);
          tell({ message: progressText(progress, localised), ...(done !== undefined && { done }) });
        },
        signal,
      );
    });
    for (const { path, why } of report.passedOver) log.info(`passed over ${path}: ${why}`);
    log.info(`indexed: ${JSON.stringify({ timings: report.timings, check: report.check })}`);
    changed();
    const { text, whole } = reportText(report, localised);
    void (whole ? vscode.window.showInformationMessage(text) : vscode.window.showWarningMessage(text));
    return report.sets.length > 0;
  };

  const indexOfficial = async (version: string): Promise<boolean> => {
    const [official] = officialSources(version);
    if (!official) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          "It is not known where the reference of Spring Boot {0} is published. Index its address or a file.",
          version,
        ),
      );
      return false;
    }
    const download = vscode.l10n.t("Download and index");
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t("Download {0} from {1}?", official.title, new URL(official.url).host),
      { modal: true, detail: `${official.url}\n\n${official.notice}` },
      download,
    );
    if (chosen !== download) return false;
    return run({ wishes: [official.wish], name: official.title, version: official.springBootVersion });
  };

  return {
    indexOfficial,
    async index() {
      const source = await chooseSource();
      if (!source) return false;
      if ("official" in source) return indexOfficial(source.official);
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
        validateInput: (typed) => (typed.trim() === "" ? undefined : versionProblem(typed, localised)),
      });
      if (version === undefined) return false;
      return run({ ...source, name: name.trim(), version: version.trim() });
    },
    async removeSet() {
      const none = new AbortController().signal;
      const sets = (await engine.sets({}, none)).filter(({ origin }) => origin !== "embedded");
      if (sets.length === 0) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t("Only the embedded field guide is indexed; it is part of Docwright."),
        );
        return;
      }
      const chosen = await vscode.window.showQuickPick(sets.map(setItem), {
        title: vscode.l10n.t("Remove document set"),
      });
      if (!chosen) return;
      const remove = vscode.l10n.t("Remove");
      const answer = await vscode.window.showWarningMessage(
        vscode.l10n.t("Remove {0} from the index? The documents themselves stay.", chosen.label),
        { modal: true },
        remove,
      );
      if (answer !== remove) return;
      await engine.removeSet({ setId: chosen.set.id }, none);
      changed();
    },
  };
}

function setItem(set: DocumentSet): vscode.QuickPickItem & { readonly set: DocumentSet } {
  return {
    label: set.name,
    description: [set.springBootVersion ?? "", counted(set.passages, "passage", localised), gigabytes(set.bytes)]
      .filter((part) => part !== "")
      .join(" · "),
    detail: set.reason === undefined ? set.origin : `${set.state}: ${set.reason}`,
    set,
  };
}

async function chooseSource(): Promise<
  Omit<Wanted, "name" | "version"> | { readonly official: string } | undefined
> {
  const kinds = {
    file: vscode.l10n.t("Files…"),
    folder: vscode.l10n.t("A folder…"),
    url: vscode.l10n.t("An address…"),
    official: vscode.l10n.t("The official Spring Boot reference…"),
  };
  const kind = await vscode.window.showQuickPick(
    [
      { label: kinds.file, description: vscode.l10n.t("PDF, HTML, AsciiDoc, Markdown, text") },
      { label: kinds.folder, description: vscode.l10n.t("with all that is below it") },
      { label: kinds.url, description: vscode.l10n.t("of one PDF or page") },
      { label: kinds.official, description: vscode.l10n.t("downloaded from docs.spring.io") },
    ],
    { title: vscode.l10n.t("Index reference docs (1 of 3)") },
  );
  switch (kind?.label) {
    case kinds.file:
    case kinds.folder: {
      const folders = kind.label === kinds.folder;
      const chosen = await vscode.window.showOpenDialog({
        canSelectFiles: !folders,
        canSelectFolders: folders,
        canSelectMany: !folders,
        openLabel: vscode.l10n.t("Index"),
        ...(!folders && {
          filters: {
            [vscode.l10n.t("Documents")]: ["pdf", "html", "htm", "xhtml", "adoc", "asciidoc", "md", "markdown", "txt"],
          },
        }),
      });
      return chosen && { wishes: chosen.map((uri) => ({ kind: "path", path: uri.fsPath })) };
    }
    case kinds.url: {
      const url = await vscode.window.showInputBox({
        title: vscode.l10n.t("Index reference docs (1 of 3)"),
        prompt: vscode.l10n.t("Address of a PDF or HTML page"),
        placeHolder: "https://",
        validateInput: (typed) =>
          /^https?:\/\/[^/\s]+/.test(typed.trim())
            ? undefined
            : vscode.l10n.t("An address starts with https://"),
      });
      return url === undefined ? undefined : { wishes: [{ kind: "download", url: url.trim() }] };
    }
    case kinds.official: {
      const version = await vscode.window.showInputBox({
        title: vscode.l10n.t("The official Spring Boot reference"),
        prompt: vscode.l10n.t("Of which version?"),
        placeHolder: "3.2.12",
        validateInput: (typed) => versionProblem(typed, localised),
      });
      return version === undefined ? undefined : { official: version.trim() };
    }
    default:
      return undefined;
  }
}
