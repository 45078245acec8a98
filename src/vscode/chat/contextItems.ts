/** What a person puts beside questions: files, the editor's problems, what commands printed, and the document sets to ask. */
import * as vscode from "vscode";
import type { ContextItem } from "../../core/answer/answer";
import type { Engine } from "../../core/engine";
import type { ChosenSet, ContextChip } from "../../protocol/chat";
import { problemsText } from "./problems";
import { createTerminalOutputs } from "./terminalOutputs";

export interface ContextItems {
  readonly chips: () => readonly ContextChip[];
  /** Lets the person choose; resolves when that is done, with something or nothing. */
  add(kind: "any" | "file" | "docs"): Promise<void>;
  remove(id: string): void;
  /** What the chips stand for, read now: a file as it is in its editor. */
  contents(): Promise<{ readonly context: readonly ContextItem[]; readonly sets: readonly ChosenSet[] }>;
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

export interface ContextItemsProps {
  readonly engine: Pick<Engine, "sets">;
  /** The document that the chat works with. */
  readonly document: () => vscode.TextDocument | undefined;
}

interface Item extends ContextChip {
  /** Undefined when what it stands for is gone; absent for document sets. */
  readonly read?: () => Promise<ContextItem | undefined>;
}

/** Files that the list offers, and characters of a file that are read: more than any window holds. */
const mostFiles = 5_000;
const longestText = 400_000;
const noSource = "**/{node_modules,target,build,dist,out,.git,.gradle,.idea}/**";

export function createContextItems({ engine, document }: ContextItemsProps): ContextItems {
  const changed = new vscode.EventEmitter<void>();
  const terminals = createTerminalOutputs();
  let items: readonly Item[] = [];

  const put = (added: readonly Item[]) => {
    items = [...items.filter(({ id }) => !added.some((other) => other.id === id)), ...added];
    changed.fire();
  };
  const fileItem = (uri: vscode.Uri): Item => ({
    id: `file:${uri.toString()}`,
    kind: "file",
    label: uri.path.slice(uri.path.lastIndexOf("/") + 1),
    detail: vscode.workspace.asRelativePath(uri),
    read: async () => {
      const found = await Promise.resolve(vscode.workspace.openTextDocument(uri)).catch(() => undefined);
      return (
        found && {
          label: vscode.workspace.asRelativePath(uri),
          languageId: found.languageId,
          text: found.getText().slice(0, longestText),
        }
      );
    },
  });

  const addFile = async () => {
    const uris = await vscode.workspace.findFiles("**/*", noSource, mostFiles);
    const rows = uris
      .map((uri) => ({ ...fileRow(fileItem(uri)), uri }))
      .sort((left, right) => left.label.localeCompare(right.label));
    const chosen = await vscode.window.showQuickPick(rows, {
      title: vscode.l10n.t("Put a file beside your questions"),
      matchOnDescription: true,
    });
    if (chosen) put([fileItem(chosen.uri)]);
  };
  const addSets = async () => {
    const sets = await engine.sets({}, new AbortController().signal);
    const rows = sets.map(({ id, name, springBootVersion }) => ({
      label: name,
      ...(springBootVersion !== undefined && { description: `Spring Boot ${springBootVersion}` }),
      picked: items.some((item) => item.id === `docs:${id}`),
      id,
    }));
    const chosen = await vscode.window.showQuickPick(rows, {
      title: vscode.l10n.t("Ask these documents only"),
      placeHolder: vscode.l10n.t("None chosen: all that fit the project's version"),
      canPickMany: true,
    });
    if (!chosen) return;
    items = items.filter(({ kind }) => kind !== "docs");
    put(
      chosen.map(({ id, label, description }) => ({
        ...{ id: `docs:${id}`, kind: "docs" as const, label },
        detail: description ?? label,
      })),
    );
  };
  const addTerminal = async () => {
    const rows = terminals.commands().map((command) => ({
      label: command.line,
      description: vscode.l10n.t("{0} lines", command.output.split("\n").length),
      command,
    }));
    if (rows.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          "No command has ended yet in a terminal with shell integration since this window opened.",
        ),
      );
      return;
    }
    const chosen = await vscode.window.showQuickPick(rows, {
      title: vscode.l10n.t("What a command printed"),
    });
    if (!chosen) return;
    const { id, line, output } = chosen.command;
    put([
      {
        ...{ id: `terminal:${id}`, kind: "terminal", label: line, detail: output.slice(-600) },
        read: () => Promise.resolve({ label: `$ ${line}`, languageId: "", text: output }),
      },
    ]);
  };
  const problemsItem = (): Item => ({
    ...{ id: "problems", kind: "problems", label: vscode.l10n.t("Problems") },
    detail: vscode.l10n.t("What the editor's Problems view lists when you ask"),
    read: () => {
      const text = problemsText(vscode.languages.getDiagnostics());
      return Promise.resolve(text === "" ? undefined : { label: "Problems", languageId: "", text });
    },
  });
  const addAny = async () => {
    const open = document();
    const rows: (vscode.QuickPickItem & { readonly run: () => Promise<void> | void })[] = [
      ...(open
        ? [
            {
              label: `$(file) ${fileItem(open.uri).label}`,
              description: vscode.l10n.t("the open file"),
              run: () => put([fileItem(open.uri)]),
            },
          ]
        : []),
      { label: `$(files) ${vscode.l10n.t("A file…")}`, description: "@", run: addFile },
      { label: `$(book) ${vscode.l10n.t("Documents to ask…")}`, description: "#", run: addSets },
      { label: `$(warning) ${vscode.l10n.t("Problems")}`, run: () => put([problemsItem()]) },
      { label: `$(terminal) ${vscode.l10n.t("What a command printed…")}`, run: addTerminal },
    ];
    const chosen = await vscode.window.showQuickPick(rows, {
      title: vscode.l10n.t("Put beside your questions"),
    });
    await chosen?.run();
  };

  return {
    chips: () => items.map(({ id, kind, label, detail }) => ({ id, kind, label, detail })),
    add: (kind) => ({ any: addAny, file: addFile, docs: addSets })[kind](),
    remove(id) {
      items = items.filter((item) => item.id !== id);
      changed.fire();
    },
    async contents() {
      const read = await Promise.all(items.map(async (item) => item.read?.()));
      return {
        context: read.filter((item) => item !== undefined),
        sets: items
          .filter(({ kind }) => kind === "docs")
          .map(({ id, label }) => ({ id: id.slice("docs:".length), name: label })),
      };
    },
    onDidChange: changed.event,
    dispose() {
      changed.dispose();
      terminals.dispose();
    },
  };
}

/** The folder only: the name is beside it. */
const fileRow = ({ label, detail }: ContextChip) => ({
  label,
  description: detail.slice(0, -label.length).replace(/\/$/, ""),
});
