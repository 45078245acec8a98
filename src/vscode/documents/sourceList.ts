/** The passages of an answer as a list; choosing one opens it in its section, its button opens the official page. */
import * as vscode from "vscode";
import { plainLabel } from "../plainText";
import type { Passage } from "../../core/search/passage";
import { openOfficialPage } from "../chat/links";

interface SourceItem extends vscode.QuickPickItem {
  readonly passage: Passage;
}

/** Resolves when the list is closed; several passages can be looked at one after the other. */
export async function listSources(
  passages: readonly Passage[],
  documents: { open(passage: Passage): Promise<void> },
): Promise<void> {
  const picker = vscode.window.createQuickPick<SourceItem>();
  picker.title = vscode.l10n.t("Sources of this answer");
  picker.placeholder = vscode.l10n.t("Choose a passage to read it in its section");
  picker.matchOnDetail = true;
  picker.items = passages.map(sourceItem);
  const chosen = await new Promise<Passage | undefined>((resolve) => {
    picker.onDidAccept(() => resolve(picker.activeItems[0]?.passage));
    picker.onDidHide(() => resolve(undefined));
    picker.onDidTriggerItemButton(({ item }) => {
      if (item.passage.officialUrl !== undefined) void openOfficialPage(item.passage.officialUrl);
    });
    picker.show();
  });
  picker.dispose();
  if (chosen) await documents.open(chosen);
}

function sourceItem(passage: Passage, index: number): SourceItem {
  const { headingPath, document, page, anchor, version, officialUrl } = passage;
  const place = [
    version === undefined ? "" : `Spring Boot ${version}`,
    page === undefined ? "" : vscode.l10n.t("page {0}", page),
    anchor === undefined ? "" : `#${anchor}`,
  ];
  return {
    label: `[${index + 1}] ${plainLabel(headingPath.at(-1) ?? document)}`,
    description: plainLabel(place.filter((part) => part !== "").join(" · ")),
    detail: plainLabel([document, ...headingPath.slice(0, -1)].join(" › ")),
    buttons:
      officialUrl === undefined
        ? []
        : [
            {
              iconPath: new vscode.ThemeIcon("link-external"),
              tooltip: vscode.l10n.t("Official page on {0}", new URL(officialUrl).host),
            },
          ],
    passage,
  };
}
