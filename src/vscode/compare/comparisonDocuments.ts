/** Shows a comparison: two read-only documents that grow while the model writes, in one diff editor. */
import * as vscode from "vscode";
import type { Comparison } from "./comparison";

export const compareScheme = "docwright-compare";

/** Milliseconds between two looks of the documents while they grow; a diff that is laid out anew with each word flickers. */
const interval = 500;
/** Milliseconds in which a diff that is being opened is there, or is not coming. */
const opening = 5_000;

export interface ComparisonDocuments {
  /** Opens the diff; what is written comes in with `update`. */
  open(comparison: Comparison): OpenedComparison;
  /** The comparison in sight, or the last one. */
  active(): Comparison | undefined;
  idOf(comparison: Comparison): number;
  dispose(): void;
}

export interface OpenedComparison {
  update(): void;
  /** Shows the whole under its title; false for a person who went to another editor meanwhile and is not brought back. */
  finish(title: string): Promise<boolean>;
  show(title: string): Promise<void>;
  close(): Promise<void>;
}

export function createComparisonDocuments(): ComparisonDocuments {
  const comparisons = new Map<number, Comparison>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let nextId = 1;
  const idOf = (comparison: Comparison) => [...comparisons].find(([, each]) => each === comparison)?.[0] ?? 0;
  const subscription = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(compareScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent({ query }) {
        const { id, part } = partsOf(query);
        const comparison = comparisons.get(id);
        if (!comparison) return vscode.l10n.t("This comparison is not there any more; make it again.");
        return (part === "with" ? comparison.with : comparison.without).text;
      },
    }),
  );

  return {
    open(comparison) {
      const id = nextId++;
      comparisons.set(id, comparison);
      const uris = (state: "live" | "done") => {
        const path = `/${nameOf(comparison)}`;
        const uri = (part: string) =>
          vscode.Uri.from({ scheme: compareScheme, path, query: `${id}-${part}-${state}` });
        return [uri("without"), uri("with")] as const;
      };
      const live = uris("live");
      const opened = vscode.commands.executeCommand(
        "vscode.diff",
        ...live,
        vscode.l10n.t("Without docs ↔ With docs"),
        { preview: true },
      );
      let timer: NodeJS.Timeout | undefined;
      /** A short answer may be whole before its diff is open; and the editor never says so of one that another took the place of. */
      const isOpen = async () => {
        if (tabsOf(live[1]).length > 0) return;
        await Promise.race([opened, new Promise((resolve) => setTimeout(resolve, opening))]);
      };
      const closeLive = async () => {
        clearTimeout(timer);
        const tabs = tabsOf(live[1]);
        if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
      };
      const show = async (title: string) => {
        await vscode.commands.executeCommand("vscode.diff", ...uris("done"), title, { preview: false });
      };
      return {
        update() {
          timer ??= setTimeout(() => {
            timer = undefined;
            for (const each of live) changed.fire(each);
          }, interval);
        },
        async finish(title) {
          await isOpen();
          const inSight = tabsOf(live[1]).some(({ isActive, group }) => isActive && group.isActive);
          if (inSight) await show(title);
          await closeLive();
          return inSight;
        },
        show,
        async close() {
          await isOpen();
          await closeLive();
          comparisons.delete(id);
        },
      };
    },
    active() {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      const shown =
        input instanceof vscode.TabInputTextDiff && input.modified.scheme === compareScheme
          ? comparisons.get(partsOf(input.modified.query).id)
          : undefined;
      return shown ?? [...comparisons.values()].at(-1);
    },
    idOf,
    dispose: () => void subscription.dispose(),
  };
}

function partsOf(query: string): { readonly id: number; readonly part: string } {
  const [id, part = ""] = query.split("-");
  return { id: Number(id), part };
}

function tabsOf(modified: vscode.Uri): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputTextDiff && input.modified.toString() === modified.toString(),
    );
}

/** The file's own name, by which the editor knows its language. */
function nameOf({ place, with: { attempt } }: Comparison): string {
  if (place) return place.document.uri.path.slice(place.document.uri.path.lastIndexOf("/") + 1);
  return attempt.codeFor("java", "Answer.java").code.trim() === "" ? "Answer.md" : "Answer.java";
}
