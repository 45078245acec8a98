/** Puts the parts around document sets together: the work under way, the view, the commands. */
import type * as vscode from "vscode";
import type { Engine } from "../../core/engine";
import type { Obtain } from "../../core/obtain";
import type { Log } from "../log";
import { createChangeDocuments } from "./changeDocuments";
import { showChanges } from "./changesCommand";
import { createDocumentActions, type DocumentActions } from "./documentActions";
import { createDocumentTree, setOfNode } from "./documentTree";
import { createIndexCommands } from "./indexCommands";
import { createIndexJobs } from "./indexJobs";

export interface DocumentsProps {
  readonly engine: Engine;
  readonly obtain: Obtain;
  readonly globalState: vscode.Memento;
  readonly log: Log;
  /** The project's own version, where it is known. */
  readonly projectVersion: () => Promise<string | undefined>;
  /** Called after the document sets have changed. */
  readonly changed: () => void;
}

export interface Documents {
  readonly commands: DocumentActions & {
    index(): Promise<boolean>;
    indexOfficial(version: unknown): Promise<boolean> | false;
    refreshSets(): void;
    showChanges(argument: unknown): Promise<void>;
  };
  dispose(): void;
}

export function registerDocuments(props: DocumentsProps): Documents {
  const { engine, obtain, globalState, log, projectVersion } = props;
  const jobs = createIndexJobs({ engine, obtain, globalState, log });
  const comparisons = createChangeDocuments();
  const tree = createDocumentTree({ engine, jobs, log, changed: props.changed });
  const changed = () => {
    tree.refresh();
    props.changed();
  };
  const indexing = createIndexCommands({ jobs, log, projectVersion, changed });
  const actions = createDocumentActions({ engine, jobs, indexing, selected: () => tree.selected(), changed });
  return {
    commands: {
      ...actions,
      index: () => indexing.index(),
      indexOfficial: (version) => (typeof version === "string" ? indexing.indexOfficial(version) : false),
      refreshSets: () => tree.refresh(),
      showChanges: (argument) =>
        showChanges({ engine, documents: comparisons }, setOfNode(argument)?.springBootVersion),
    },
    dispose() {
      jobs.dispose();
      tree.dispose();
      comparisons.dispose();
    },
  };
}
