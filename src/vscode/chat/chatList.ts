/** The list of chats: typing searches names and questions, choosing opens, buttons name and delete. */
import * as vscode from "vscode";
import type { ChatHistory, ChatSummary } from "./chatHistory";

interface ChatItem extends vscode.QuickPickItem {
  readonly chat: ChatSummary;
}

export interface ChatListProps {
  readonly history: Pick<ChatHistory, "list" | "rename" | "remove">;
  readonly open: (chat: ChatSummary) => Promise<void>;
  /** The open chat was named or deleted. */
  readonly renamed: (name: string | undefined) => void;
  readonly removed: () => Promise<void>;
}

/** Resolves when the list is closed. */
export async function showChatList({ history, open, renamed, removed }: ChatListProps): Promise<void> {
  const renameButton = { iconPath: new vscode.ThemeIcon("edit"), tooltip: vscode.l10n.t("Rename") };
  const deleteButton = { iconPath: new vscode.ThemeIcon("trash"), tooltip: vscode.l10n.t("Delete") };
  const picker = vscode.window.createQuickPick<ChatItem>();
  picker.title = vscode.l10n.t("Chats");
  picker.placeholder = vscode.l10n.t("Search names and questions");
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const fill = async () => {
    picker.items = (await history.list()).map((chat) => ({
      ...chatRow(chat),
      buttons: [renameButton, deleteButton],
      chat,
    }));
    if (picker.items.length === 0) picker.placeholder = vscode.l10n.t("There are no chats yet");
  };
  await fill();
  await new Promise<void>((resolve) => {
    picker.onDidHide(() => resolve());
    picker.onDidAccept(() => {
      const chosen = picker.activeItems[0]?.chat;
      picker.hide();
      if (chosen && !chosen.isOpen) void open(chosen);
    });
    picker.onDidTriggerItemButton(({ item: { chat }, button }) => {
      void (button === renameButton ? rename(chat) : remove(chat));
    });
    const rename = async (chat: ChatSummary) => {
      const name = await vscode.window.showInputBox({
        title: vscode.l10n.t("Rename the chat"),
        value: titleOf(chat),
        prompt: vscode.l10n.t("An empty name gives it its first question's words again"),
      });
      if (name === undefined) return;
      await history.rename(chat.id, name);
      if (chat.isOpen) renamed(name.trim() === "" ? undefined : name.trim());
    };
    const remove = async (chat: ChatSummary) => {
      const yes = vscode.l10n.t("Delete");
      const answer = await vscode.window.showWarningMessage(
        vscode.l10n.t('Delete the chat "{0}"? This cannot be undone.', titleOf(chat)),
        { modal: true },
        yes,
      );
      if (answer !== yes) return;
      await history.remove(chat.id);
      if (chat.isOpen) await removed();
    };
    picker.show();
  });
  picker.dispose();
}

const longestTitle = 80;

export function titleOf({ name, questions }: Pick<ChatSummary, "name" | "questions">): string {
  const title = name ?? (questions[0] ?? "").replace(/\s+/g, " ").trim();
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title;
}

function chatRow(chat: ChatSummary): vscode.QuickPickItem {
  const when = new Date(chat.changed).toLocaleString();
  return {
    label: chat.isOpen ? `$(comment-discussion) ${titleOf(chat)}` : titleOf(chat),
    description: chat.isOpen ? vscode.l10n.t("open") : when,
    detail: chat.questions
      .slice(chat.name === undefined ? 1 : 0)
      .map((question) => question.replace(/\s+/g, " "))
      .join(" · "),
  };
}
