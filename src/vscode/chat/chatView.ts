/** The chat in the sidebar: wires session, environment, editor and passages to the webview. */
import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import type { SelectionContext } from "../../core/answer/answer";
import type { Engine } from "../../core/engine";
import type { ChatAction, ChatMethods, ChatNotification, ChatState, HostMessage } from "../../protocol/chat";
import { guardWebviewMessage } from "../../protocol/chatGuard";
import { createRpcServer, type Handlers } from "../../protocol/rpc";
import { remedyFor } from "../failures";
import { localised } from "../localised";
import type { LabelKeeper } from "../labels";
import type { Log } from "../log";
import { pickInstalledModel } from "../models/pickInstalledModel";
import type { ModelSpeeds } from "../models/modelSpeeds";
import type { KeptProposal } from "../pending/pendingChange";
import type { ProjectVersions } from "../projectVersion";
import type { Settings } from "../settings";
import { createAnswerQuestion } from "./answerQuestion";
import { attachedCode } from "./attachedCode";
import { createChatHistory } from "./chatHistory";
import { chatHtml, chatResourceRoots } from "./chatHtml";
import { showChatList, titleOf } from "./chatList";
import { chatMarkdown } from "./chatMarkdown";
import { createChatSession } from "./chatSession";
import { createCodeHandlers } from "./codeHandlers";
import { createContextItems } from "./contextItems";
import { createEditorTarget } from "./editorTarget";
import { createEnvironment } from "./environment";
import { createCodeChecks } from "./codeChecks";
import { openUntitled } from "./untitled";
import { openForeignLink, openOfficialPage } from "./links";
import type { PassageDocuments } from "./passageDocument";

export interface ChatViewProps {
  readonly context: vscode.ExtensionContext;
  readonly engine: Engine;
  readonly settings: () => Settings;
  readonly versions: ProjectVersions;
  readonly labels: LabelKeeper;
  readonly log: Log;
  /** Shared with the sources of a pending change. */
  readonly passages: PassageDocuments;
  /** Shows an answer's code as a pending change; false when it was not wanted. */
  readonly propose: (proposal: KeptProposal) => Promise<boolean>;
  readonly speeds: Pick<ModelSpeeds, "of">;
}

export interface ChatView {
  /** Brings the chat forward and explains the selection there; resolves when the answer has ended. */
  explain(selection: SelectionContext, document: vscode.TextDocument): Promise<void>;
  /** Brings the chat forward and asks about the selection there; resolves when the answer has ended. */
  ask(question: string, selection: SelectionContext, document: vscode.TextDocument): Promise<void>;
  /** Brings the chat forward with the caret in its input. */
  reveal(): Promise<void>;
  /** Lists the chats, to open, name or delete one. */
  showChats(): Promise<void>;
  /** Opens the chat as a Markdown document that is not saved yet. */
  exportChat(): Promise<void>;
  dispose(): void;
}

/** The view's id in package.json. */
export const chatViewId = "docwright.chat";

export function registerChat(props: ChatViewProps): ChatView {
  const { context, engine, settings, versions, labels, log, passages, propose, speeds } = props;
  const warn = (line: string) => log.warn(line);
  let webview: vscode.WebviewView | undefined;
  /** A hidden view has no page: it asks for everything when it comes back, so nothing is kept for it. */
  const notify = (notification: ChatNotification) => {
    if (webview?.visible)
      void webview.webview.postMessage({ type: "notification", notification } satisfies HostMessage);
  };

  const target = createEditorTarget();
  const beside = createContextItems({ engine, document: () => target.document() });
  const environment = createEnvironment({
    ...{ engine, settings, versions, target, beside, warn },
    workspaceState: context.workspaceState,
  });
  const checkCode = createCodeChecks({
    ...{ engine, versions, settings },
    workspaceState: context.workspaceState,
    document: () => target.document(),
  });
  const documents = new WeakMap<SelectionContext, vscode.TextDocument>();
  const history = createChatHistory({
    folder: vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, "chats").fsPath,
    newId: randomUUID,
    warn,
  });
  const session = createChatSession({
    answerQuestion: createAnswerQuestion({
      ...{ engine, settings, versions },
      documentOf: ({ selection }) => (selection && documents.get(selection)) ?? target.document(),
    }),
    history,
    notify: (notification) => {
      if (notification.type === "restarted") void showState();
      else notify(notification);
    },
    newId: randomUUID,
    now: Date.now,
    warn,
    translate: localised,
  });

  const state = async (): Promise<ChatState> => {
    const { name, turns } = await session.chat();
    return { turns, environment: environment.current(), ...(name !== undefined && { name }) };
  };
  const showState = async () => notify({ type: "state", state: await state() });
  const startNewChat = async () => {
    await session.newChat();
    await showState();
    notify({ type: "focus" });
    void environment.refresh(); // an empty chat says what is there now
  };
  const showChats = () =>
    showChatList({
      history,
      open: async ({ id }) => {
        if (await session.switchTo(id)) await showState();
      },
      renamed: (name) => {
        session.renamed(name);
        void showState();
      },
      removed: startNewChat,
    });
  const exportChat = async () => {
    const { name, turns } = await session.chat();
    const [first] = turns;
    if (!first) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("The chat is empty; there is nothing to export."),
      );
      return;
    }
    const questions = turns.map(({ instruction }) => instruction);
    const title = titleOf({ questions, ...(name !== undefined && { name }) });
    await openUntitled(chatMarkdown(title, turns, localised), "markdown");
  };
  const passageOf = async (turnId: string, position: number) =>
    (await session.turns()).find(({ id }) => id === turnId)?.answer.passages[position];
  const runAction = async (action: ChatAction) => {
    if (action === "index-official") {
      const { version } = environment.current();
      await vscode.commands.executeCommand("docwright.indexOfficial", version?.version);
    } else {
      const remedy = remedyFor(action);
      if (remedy) await vscode.commands.executeCommand(remedy.command, ...remedy.arguments);
    }
    await environment.refresh();
  };

  const handlers: Handlers<ChatMethods> = {
    ...createCodeHandlers({ target, session, propose }),
    open: async () => {
      const current = await state();
      setImmediate(() => void environment.refresh()); // what it finds must reach the page after this reply
      return current;
    },
    ask: async ({ text }) => {
      const selection = target.selection();
      const document = target.document();
      if (selection && document) documents.set(selection, document);
      const { context, sets } = await beside.contents();
      void session.ask({
        kind: "chat",
        instruction: text,
        withDocuments: environment.current().withDocuments,
        ...(context.length > 0 && { context }),
        ...(sets.length > 0 && { sets }),
        ...(selection && { selection, attached: attachedCode(selection, document?.fileName ?? "") }),
      });
      return null;
    },
    retry: async ({ turnId }) => {
      void session.retry(turnId);
      return Promise.resolve(null);
    },
    retryWithModel: async ({ turnId }) => {
      const model = await pickInstalledModel({ engine, settings, speeds });
      if (model !== undefined) void session.retry(turnId, model);
      return null;
    },
    edit: async ({ turnId, text }) => {
      void session.edit(turnId, text);
      return Promise.resolve(null);
    },
    stop: async () => {
      await session.stop();
      return null;
    },
    newChat: async () => {
      await startNewChat();
      return null;
    },
    showChats: async () => {
      void showChats();
      return Promise.resolve(null);
    },
    exportChat: async () => {
      await exportChat();
      return null;
    },
    checkCode: (code, _emit, signal) => checkCode(code, signal),
    setWithDocuments: async ({ value }) => {
      await environment.setWithDocuments(value);
      return null;
    },
    removeContext: async () => {
      target.remove();
      return Promise.resolve(null);
    },
    addContext: async ({ kind }) => {
      void beside.add(kind).then(() => notify({ type: "focus" }));
      return Promise.resolve(null);
    },
    removeContextItem: async ({ id }) => {
      beside.remove(id);
      return Promise.resolve(null);
    },
    judge: async ({ turnId, right }) => {
      const turn = (await session.turns()).find(({ id }) => id === turnId);
      const { confidence, text: answer = "" } = turn?.answer ?? {};
      if (!turn || !confidence) return null;
      const { instruction: question, model = "" } = turn;
      const judged = { right, source: "person", kind: "explanation" } as const;
      void labels.keep({ ...judged, model, question, answer, confidence });
      return null;
    },
    openPassage: async ({ turnId, passage, sentence }) => {
      const answer = (await session.turns()).find(({ id }) => id === turnId)?.answer;
      const found = answer?.passages[passage];
      if (found) await passages.open(found, sentence && answer.text.slice(sentence.start, sentence.end));
      return null;
    },
    openOfficialPage: async ({ turnId, passage }) => {
      const found = await passageOf(turnId, passage);
      if (found?.officialUrl !== undefined) await openOfficialPage(found.officialUrl);
      return null;
    },
    openLink: async ({ href }) => {
      await openForeignLink(href);
      return null;
    },
    runAction: async ({ action }) => {
      await runAction(action);
      return null;
    },
  };

  const connect = (view: vscode.WebviewView) => {
    webview = view;
    const page = view.webview;
    page.options = { enableScripts: true, localResourceRoots: [...chatResourceRoots(context.extensionUri)] };
    const send = (message: HostMessage) => void page.postMessage(message);
    const server = createRpcServer<ChatMethods>(handlers, send);
    const listening = page.onDidReceiveMessage((raw: unknown) => {
      const guarded = guardWebviewMessage(raw);
      if (guarded.valid) server.receive(guarded.message);
      else {
        warn(`a message of the chat's page was refused: ${guarded.why}`);
        const failure = { kind: "bad-argument", what: guarded.why } as const;
        if (guarded.id !== undefined) send({ type: "failure", id: guarded.id, failure });
      }
    });
    view.onDidDispose(() => {
      listening.dispose();
      server.abortAll();
      if (webview === view) webview = undefined;
    });
    page.html = chatHtml(page, context.extensionUri);
  };

  const subscriptions = vscode.Disposable.from(
    target,
    beside,
    environment,
    { dispose: () => session.dispose() },
    environment.onDidChange(() => notify({ type: "environment", environment: environment.current() })),
    vscode.window.registerWebviewViewProvider(chatViewId, { resolveWebviewView: connect }),
  );
  const show = () => vscode.commands.executeCommand(`${chatViewId}.focus`);
  const askAbout = async (
    kind: "explain" | "chat",
    instruction: string,
    selection: SelectionContext,
    document: vscode.TextDocument,
  ) => {
    await show();
    documents.set(selection, document);
    const { withDocuments } = environment.current();
    const attached = attachedCode(selection, document.fileName);
    await session.ask({ kind, instruction, withDocuments, selection, attached });
  };

  return {
    async explain(selection, document) {
      if (selection.text.trim() === "") {
        void vscode.window.showInformationMessage(vscode.l10n.t("Select the code to explain first."));
        return;
      }
      const { label } = attachedCode(selection, document.fileName);
      await askAbout("explain", vscode.l10n.t("Explain {0}", label), selection, document);
    },
    ask: (question, selection, document) => askAbout("chat", question, selection, document),
    async reveal() {
      await show();
      notify({ type: "focus" });
    },
    showChats,
    exportChat,
    dispose: () => void subscriptions.dispose(),
  };
}
