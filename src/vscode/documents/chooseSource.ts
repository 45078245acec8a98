/** Asks what is to be indexed, step by step; Escape at any step leaves it. */
import * as vscode from "vscode";
import type { DocumentWish } from "../../core/document/documentWish";
import { officialSources, type OfficialSource } from "../../core/site/officialSources";
import { defaultDepth, defaultPages, pageAddress, prefixOf } from "../../core/site/siteAddress";
import { versionProblem } from "../versionChoice";

export type ChosenSource =
  { readonly wishes: readonly DocumentWish[] } | { readonly official: OfficialSource };

/** @param version The project's, where it is known: what is offered first. */
export async function chooseSource(version: string | undefined): Promise<ChosenSource | undefined> {
  const title = vscode.l10n.t("Index reference docs (1 of 3)");
  const kinds = {
    official: vscode.l10n.t("The official Spring Boot reference…"),
    file: vscode.l10n.t("Files…"),
    folder: vscode.l10n.t("A folder…"),
    url: vscode.l10n.t("An address…"),
    site: vscode.l10n.t("A site…"),
    dependencies: vscode.l10n.t("The dependencies of this project"),
  };
  const kind = await vscode.window.showQuickPick(
    [
      { label: kinds.file, description: vscode.l10n.t("PDF, HTML, AsciiDoc, Markdown, text") },
      { label: kinds.folder, description: vscode.l10n.t("with all that is below it") },
      { label: kinds.url, description: vscode.l10n.t("of one PDF or page") },
      {
        label: kinds.site,
        description: vscode.l10n.t("an address and the pages that it leads to, within limits"),
      },
      {
        label: kinds.dependencies,
        description: vscode.l10n.t("configuration properties and classes of its jars on this machine"),
      },
      { label: kinds.official, description: vscode.l10n.t("from docs.spring.io") },
    ],
    { title },
  );
  switch (kind?.label) {
    case kinds.file:
      return choosePaths(false);
    case kinds.folder:
      return choosePaths(true);
    case kinds.url: {
      const url = await askAddress(title, vscode.l10n.t("Address of a PDF or HTML page"));
      return url === undefined ? undefined : { wishes: [{ kind: "download", url }] };
    }
    case kinds.site:
      return chooseSite(title);
    case kinds.dependencies:
      return chooseDependencies(title);
    case kinds.official:
      return chooseOfficial(version);
    default:
      return undefined;
  }
}

/** Of the file that is open, else of the first folder; nothing is run and nothing fetched but what is ticked. */
async function chooseDependencies(title: string): Promise<ChosenSource | undefined> {
  const open = vscode.window.activeTextEditor?.document.uri;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const project = open?.scheme === "file" ? vscode.Uri.joinPath(open, "..") : folder;
  if (!project) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Open a folder of a Maven or Gradle project first."),
    );
    return undefined;
  }
  const fetch = {
    label: vscode.l10n.t("Bring missing javadoc and sources"),
    description: vscode.l10n.t("runs the project's own Maven or Gradle, which may use the network"),
  };
  const meaning = {
    label: vscode.l10n.t("Find by meaning too"),
    description: vscode.l10n.t("computes vectors, which takes long; words find what is asked by its name"),
  };
  // Who does not trust the project must not have its build run.
  const offered = vscode.workspace.isTrusted ? [fetch, meaning] : [meaning];
  const placeHolder = vscode.l10n.t("Tick what is wanted beside what lies on this machine, or go on");
  const ticked = await vscode.window.showQuickPick(offered, { title, placeHolder, canPickMany: true });
  if (!ticked) return undefined;
  const wish: DocumentWish = {
    kind: "dependencies",
    project: project.fsPath,
    vectors: ticked.includes(meaning),
    ...(ticked.includes(fetch) && { fetch: true }),
  };
  return { wishes: [wish] };
}

async function choosePaths(folders: boolean): Promise<ChosenSource | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: !folders,
    canSelectFolders: folders,
    canSelectMany: !folders,
    openLabel: vscode.l10n.t("Index"),
    ...(!folders && {
      filters: {
        Documents: ["pdf", "html", "htm", "xhtml", "adoc", "asciidoc", "md", "markdown", "txt"],
      },
    }),
  });
  return chosen && { wishes: chosen.map((uri) => ({ kind: "path", path: uri.fsPath })) };
}

async function chooseSite(title: string): Promise<ChosenSource | undefined> {
  const start = await askAddress(title, vscode.l10n.t("Address of the first page"));
  if (start === undefined) return undefined;
  const prefix = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t("What the addresses of its pages begin with: others are not asked for"),
    value: prefixOf(start),
    validateInput: (typed) =>
      start.startsWith(typed.trim()) && pageAddress(typed.trim()) !== undefined
        ? undefined
        : vscode.l10n.t("{0} has to begin with it", start),
  });
  if (prefix === undefined) return undefined;
  const depth = await askCount(title, vscode.l10n.t("Links from the first page, at most"), defaultDepth, 0);
  if (depth === undefined) return undefined;
  const pages = await askCount(title, vscode.l10n.t("Pages, at most"), defaultPages, 1);
  if (pages === undefined) return undefined;
  return { wishes: [{ kind: "site", bounds: { start, prefix: prefix.trim(), depth, pages, exclude: [] } }] };
}

async function chooseOfficial(known: string | undefined): Promise<ChosenSource | undefined> {
  const title = vscode.l10n.t("The official Spring Boot reference");
  const version = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t("Of which version?"),
    ...(known !== undefined && { value: known }),
    placeHolder: "3.2.12",
    validateInput: (typed) =>
      versionProblem(typed) ??
      (officialSources(typed.trim()).length > 0
        ? undefined
        : vscode.l10n.t("It is not known where the reference of that version is published.")),
  });
  if (version === undefined) return undefined;
  const found = officialSources(version.trim());
  const [first] = found;
  if (!first || found.length === 1) return first && { official: first };
  const words = {
    html: vscode.l10n.t("HTML: passages are found best, citations lead to the section"),
    pdf: vscode.l10n.t("PDF: citations name the page"),
    site: vscode.l10n.t("HTML, page by page"),
  };
  const chosen = await vscode.window.showQuickPick(
    found.map((official) => ({ label: words[official.format], description: official.url, official })),
    { title },
  );
  return chosen && { official: chosen.official };
}

async function askAddress(title: string, prompt: string): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt,
    placeHolder: "https://",
    validateInput: (value) =>
      /^https?:\/\/[^/\s]+/.test(value.trim()) && pageAddress(value.trim()) !== undefined
        ? undefined
        : vscode.l10n.t("An address starts with https://"),
  });
  return typed === undefined ? undefined : pageAddress(typed.trim());
}

async function askCount(
  title: string,
  prompt: string,
  value: number,
  least: number,
): Promise<number | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt,
    value: String(value),
    validateInput: (each) =>
      /^\d{1,5}$/.test(each.trim()) && Number(each) >= least
        ? undefined
        : vscode.l10n.t("A whole number of at least {0}", least),
  });
  return typed === undefined ? undefined : Number(typed);
}
