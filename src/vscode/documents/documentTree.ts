/** The view "Reference docs": every document set with its state, and work that is not done. */
import * as vscode from "vscode";
import type { DocumentSet } from "../../core/document/documentSet";
import type { Engine, StoreActivity } from "../../core/engine";
import { failureOf, isAbort } from "../../core/failure";
import { failureText } from "../../core/failureText";
import { localised } from "../localised";
import type { Log } from "../log";
import type { IndexJob, IndexJobs } from "./indexJobs";
import { activityText, documentRow, jobRow, setDetails, setRow, type Detail, type Row } from "./setRow";

export interface SetNode {
  readonly kind: "set";
  readonly set: DocumentSet;
  readonly job?: IndexJob;
}

export type DocumentNode =
  | SetNode
  /** One document in several formats. */
  | { readonly kind: "document"; readonly sets: readonly [SetNode, ...SetNode[]] }
  | { readonly kind: "job"; readonly job: IndexJob }
  | { readonly kind: "detail"; readonly detail: Detail };

export interface DocumentTree {
  refresh(): void;
  /** What is selected in the view. */
  selected(): DocumentNode | undefined;
  dispose(): void;
}

export interface DocumentTreeProps {
  readonly engine: Pick<Engine, "sets" | "activity">;
  readonly jobs: IndexJobs;
  readonly log: Log;
  /** Called after the document sets have changed without our doing. */
  readonly changed: () => void;
}

export const documentView = "docwright.documents";

/** Milliseconds between two looks at what other windows do, while the view can be seen. */
const interval = 2_000;

export function createDocumentTree({ engine, jobs, log, changed }: DocumentTreeProps): DocumentTree {
  const update = new vscode.EventEmitter<void>();
  let sets: Promise<readonly DocumentSet[]> | undefined;
  let activity: StoreActivity | undefined;

  const nodes = async (): Promise<readonly DocumentNode[]> => {
    const none = new AbortController().signal;
    const found = await (sets ??= engine.sets({}, none)).catch((error: unknown) => {
      sets = undefined;
      log.warn(`the document sets cannot be listed: ${String(error)}`);
      view.message = failureText(failureOf(error)).message;
      return [];
    });
    const open = [...jobs.list()];
    const known = found.map((set): SetNode => {
      const job = open.find(({ work }) => work.origins.includes(set.origin));
      return { kind: "set", set, ...(job && { job }) };
    });
    const origins = new Set(found.map(({ origin }) => origin));
    const fresh = open.filter(({ work }) => !work.origins.some((origin) => origins.has(origin)));
    return [...fresh.map((job): DocumentNode => ({ kind: "job", job })), ...joined(known)];
  };

  const view = vscode.window.createTreeView<DocumentNode>(documentView, {
    treeDataProvider: {
      onDidChangeTreeData: update.event,
      getTreeItem: (node) => itemOf(node, activity),
      async getChildren(node) {
        if (!node) return [...(await nodes())];
        if (node.kind === "document") return [...node.sets];
        if (node.kind !== "set") return [];
        return setDetails(node.set, node.job, activity, localised).map((detail) => ({
          kind: "detail",
          detail,
        }));
      },
    },
  });

  const refresh = () => {
    sets = undefined;
    update.fire();
  };
  const look = async () => {
    const before = activity;
    const found = await engine.activity({}, new AbortController().signal);
    activity = found?.isOwn === true ? undefined : found; // our own work is among the jobs
    if (JSON.stringify(activity) === JSON.stringify(before)) return;
    const message = activityText(activity, localised);
    if (message === undefined) delete view.message;
    else view.message = message;
    if (before && activity) update.fire();
    else refresh();
    if (!activity) changed();
  };
  let timer: NodeJS.Timeout | undefined;
  const watch = () => {
    clearInterval(timer);
    if (!view.visible) return;
    const attempt = () => {
      look().catch((error: unknown) => {
        if (!isAbort(error)) log.warn(`the store's writer is not known: ${String(error)}`);
      });
    };
    attempt();
    timer = setInterval(attempt, interval);
  };

  /** Progress comes many times a second; the rows of the sets need not be read again for it. */
  let pending: NodeJS.Timeout | undefined;
  let open = jobs.list().length;
  const subscriptions = vscode.Disposable.from(
    update,
    view,
    view.onDidChangeVisibility(() => {
      if (view.visible) refresh();
      watch();
    }),
    jobs.onDidChange(() => {
      const count = jobs.list().length;
      if (count !== open) sets = undefined;
      open = count;
      pending ??= setTimeout(() => {
        pending = undefined;
        update.fire();
      }, 200);
    }),
  );
  watch();

  return {
    refresh,
    selected: () => view.selection[0],
    dispose() {
      clearInterval(timer);
      clearTimeout(pending);
      subscriptions.dispose();
    },
  };
}

/** The set of a command's argument, when that is a row of a set, or the first of a document's. */
export function setOfNode(argument: unknown): DocumentSet | undefined {
  if (!isNode(argument)) return undefined;
  if (argument.kind === "document") return argument.sets[0].set;
  return argument.kind === "set" ? argument.set : undefined;
}

export function isNode(argument: unknown): argument is DocumentNode {
  return (
    typeof argument === "object" &&
    argument !== null &&
    "kind" in argument &&
    ["set", "document", "job", "detail"].includes(String(argument.kind))
  );
}

/** A document that is there in several formats is one row with a row for each below it. */
function joined(nodes: readonly SetNode[]): readonly DocumentNode[] {
  return nodes.flatMap((node): readonly DocumentNode[] => {
    if (node.set.sameAs !== undefined) return [];
    const others = nodes.filter(({ set }) => set.sameAs === node.set.id);
    return [others.length === 0 ? node : { kind: "document", sets: [node, ...others] }];
  });
}

function itemOf(node: DocumentNode, activity: StoreActivity | undefined): vscode.TreeItem {
  switch (node.kind) {
    case "document":
      return rowItem(
        documentRow(node.sets, activity, localised),
        vscode.TreeItemCollapsibleState.Expanded,
        `document-${node.sets[0].set.id}`,
      );
    case "set": {
      const item = rowItem(
        setRow(node.set, node.job, activity, localised),
        vscode.TreeItemCollapsibleState.Collapsed,
        node.set.id,
      );
      item.tooltip = tooltipOf(node.set.name, setDetails(node.set, node.job, activity, localised));
      return item;
    }
    case "job":
      return rowItem(jobRow(node.job, localised), vscode.TreeItemCollapsibleState.None, `job-${node.job.id}`);
    case "detail": {
      const { label, value, icon } = node.detail;
      const item = new vscode.TreeItem(label);
      item.description = value;
      item.tooltip = value;
      item.iconPath = new vscode.ThemeIcon(icon);
      item.accessibilityInformation = { label: `${label}: ${value}` };
      return item;
    }
  }
}

function rowItem(row: Row, collapsible: vscode.TreeItemCollapsibleState, id: string): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, collapsible);
  item.id = id;
  item.description = row.description;
  item.tooltip = `${row.label}: ${row.description}`;
  item.iconPath = new vscode.ThemeIcon(
    row.icon,
    row.color === undefined ? undefined : new vscode.ThemeColor(row.color),
  );
  item.contextValue = row.context;
  item.accessibilityInformation = { label: row.spoken };
  return item;
}

/** Names and addresses come from documents: as text, not as Markdown. */
function tooltipOf(name: string, details: readonly Detail[]): string {
  return [name, ...details.map(({ label, value }) => `${label}: ${value}`)].join("\n");
}
