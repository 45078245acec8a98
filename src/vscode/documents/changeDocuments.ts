/** Sections of two versions side by side, in the editor's own view of many comparisons. */
import * as vscode from "vscode";
import type { ChangedSection, SectionChange, VersionChanges } from "../../core/changes/versionChanges";

const scheme = "docwright-changes";

/** Comparisons whose texts are kept: the editor asks for a text again whenever it scrolls into sight. */
const keptComparisons = 5;

export interface ChangeDocuments {
  show(title: string, changes: VersionChanges): Promise<void>;
  dispose(): void;
}

export function createChangeDocuments(): ChangeDocuments {
  const comparisons = new Map<string, ReadonlyMap<string, string>>();
  const subscription = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) => comparisons.get(uri.query)?.get(uri.toString()),
  });
  let count = 0;
  return {
    async show(title, { changes, from, to }) {
      const query = String(++count);
      const texts = new Map<string, string>();
      const rows = changes.map((change, at) => {
        const path = pathOf(change, at);
        const side = (version: string, section: ChangedSection | undefined) => {
          if (!section) return undefined;
          const uri = vscode.Uri.from({ scheme, authority: version, path, query });
          texts.set(uri.toString(), section.text);
          return uri;
        };
        const [before, after] = [side(from, change.before), side(to, change.after)];
        return [after ?? before, before, after] as const;
      });
      comparisons.set(query, texts);
      for (const old of [...comparisons.keys()].slice(0, -keptComparisons)) comparisons.delete(old);
      await vscode.commands.executeCommand("vscode.changes", title, rows);
    },
    dispose() {
      subscription.dispose();
    },
  };
}

/** The heading path as a path, so that the editor shows where a section stands; the position keeps equal ones apart. */
function pathOf({ before, after }: SectionChange, at: number): string {
  const parts = ((after ?? before)?.headingPath ?? []).map((part) =>
    part.replaceAll(/[/\\?#]+/g, " ").trim(),
  );
  const name = parts.at(-1) ?? "";
  return `/${[...parts.slice(0, -1), `${at + 1} ${name}`].filter((part) => part !== "").join("/")}.md`;
}
