/** What the page asks for with a code block of an answer. */
import * as vscode from "vscode";
import type { ChatMethods } from "../../protocol/chat";
import type { Handlers } from "../../protocol/rpc";
import type { KeptProposal } from "../pending/pendingChange";
import { fenced } from "./chatMarkdown";
import type { ChatSession } from "./chatSession";
import type { EditorTarget } from "./editorTarget";
import { openUntitled } from "./untitled";
import { hiddenText } from "../../core/answer/hiddenCharacters";
import { localised } from "../localised";
import { plainMessage } from "../plainText";

export interface CodeHandlersProps {
  readonly target: Pick<EditorTarget, "insert" | "place">;
  readonly session: Pick<ChatSession, "turns">;
  /** Shows an answer's code as a pending change; false when it was not wanted. */
  readonly propose: (proposal: KeptProposal) => Promise<boolean>;
}

export function createCodeHandlers({
  target,
  session,
  propose,
}: CodeHandlersProps): Pick<Handlers<ChatMethods>, "copy" | "insert" | "apply" | "newFile"> {
  return {
    copy: async ({ text }) => {
      await vscode.env.clipboard.writeText(text);
      return null;
    },
    insert: async ({ text }) => {
      if (!(await target.insert(text))) {
        void vscode.window.showWarningMessage(
          vscode.l10n.t("Open the file that the code belongs into, put the caret there, and insert again."),
        );
        throw new Error("there is no editor to insert into");
      }
      const hidden = hiddenText(text, localised);
      if (hidden !== undefined) {
        void vscode.window.showWarningMessage(
          plainMessage(vscode.l10n.t("The code that was inserted has {0}", hidden)),
        );
      }
      return null;
    },
    apply: async ({ turnId, text, languageId }) => {
      const place = target.place();
      if (!place) {
        void vscode.window.showWarningMessage(
          vscode.l10n.t("Open the file that the code belongs into, put the caret there, and apply again."),
        );
        throw new Error("there is no editor to apply to");
      }
      const turn = (await session.turns()).find(({ id }) => id === turnId);
      const proposed = await propose({
        ...{ ...place, complete: true, answer: fenced(text, languageId) },
        instruction: turn?.instruction ?? "",
        passages: turn?.answer.passages ?? [],
        ...(turn?.model !== undefined && { model: turn.model }),
        ...(turn?.version?.mark !== undefined && { mark: turn.version.mark }),
      });
      if (!proposed) throw new Error("what is pending was kept");
      return null;
    },
    newFile: async ({ text, languageId }) => {
      await openUntitled(text, languageId);
      return null;
    },
  };
}
