/** Composition root of the chat's webview: wires the views to the host. */
import { isAbort } from "../core/failure";
import type { ChatEnvironment, ChatMethods, CodeCheck, ChatNotification, ChatState } from "../protocol/chat";
import { createConversation } from "./conversation";
import { element } from "./dom";
import { connectToHost } from "./hostPort";
import { renderMarkdown, type RenderActions } from "./markdown/render";
import { createAnnouncer } from "./view/announcer";
import { createComposer } from "./view/composer";
import { createEmptyState } from "./view/emptyState";
import { createPassagePopover } from "./view/passagePopover";
import { progressWords } from "./view/progress";
import { createTopBar } from "./view/topBar";
import { t } from "./words";

const { host, readDraft, keepDraft } = connectToHost(receive);

/** True when the host did it. The host tells the person of what fails there, so that a failed call needs no second message here. */
async function ask<Name extends Exclude<keyof ChatMethods, "open" | "checkCode">>(
  method: Name,
  params: ChatMethods[Name]["params"],
): Promise<boolean> {
  try {
    await host.call(method, params, {});
    return true;
  } catch (error) {
    if (!isAbort(error)) announcer.say(error instanceof Error ? error.message : String(error));
    return false;
  }
}

/** What the checks say of a code block; undefined when they could not be asked. */
async function check(text: string, languageId: string): Promise<CodeCheck | undefined> {
  try {
    const result = await host.call("checkCode", { text, languageId }, {});
    announcer.say(result.text);
    return result;
  } catch (error) {
    if (!isAbort(error)) announcer.say(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

const renderActions: Omit<RenderActions, "apply"> = {
  copy: (text) => ask("copy", { text }),
  insert: (text) => ask("insert", { text }),
  newFile: (text, languageId) => ask("newFile", { text, languageId }),
  check,
  openLink: (href) => void ask("openLink", { href }),
};
const announcer = createAnnouncer();
const scroller = element("main", { class: "scroller" });
const popover = createPassagePopover({
  parent: scroller,
  // Code of a passage is there to be read: its bar is not shown.
  render: (source) => renderMarkdown(source, { ...renderActions, apply: () => Promise.resolve(false) }),
});
const conversation = createConversation({
  popover,
  scroller,
  actions: {
    render: renderActions,
    apply: (turnId, text, languageId) => ask("apply", { turnId, text, languageId }),
    openPassage: (turnId, passage, sentence) =>
      void ask("openPassage", { turnId, passage, ...(sentence && { sentence }) }),
    openOfficialPage: (turnId, passage) => void ask("openOfficialPage", { turnId, passage }),
    retry: (turnId) => void ask("retry", { turnId }),
    retryWithModel: (turnId) => void ask("retryWithModel", { turnId }),
    judge: (turnId, right) => void ask("judge", { turnId, right }),
    edit: (turnId, text) => void ask("edit", { turnId, text }),
    run: (action) => void ask("runAction", { action }),
  },
});
const composer = createComposer(readDraft(), {
  send: (text) => void ask("ask", { text }),
  stop: () => void ask("stop", {}),
  setWithDocuments: (value) => void ask("setWithDocuments", { value }),
  removeContext: () => void ask("removeContext", {}),
  addContext: (kind) => void ask("addContext", { kind }),
  removeContextItem: (id) => void ask("removeContextItem", { id }),
  chooseModel: () => void ask("runAction", { action: "choose-model" }),
  keepDraft,
});
const emptyState = createEmptyState({
  fill: (prompt) => composer.fill(prompt),
  run: (action) => void ask("runAction", { action }),
});
const topBar = createTopBar({
  newChat: () => void ask("newChat", {}),
  chooseVersion: () => void ask("runAction", { action: "choose-version" }),
});

function showEnvironment(environment: ChatEnvironment): void {
  topBar.show(environment);
  composer.show(environment);
  emptyState.show(environment.setup);
}

function showState({ turns, environment }: ChatState): void {
  conversation.replace(turns);
  showEnvironment(environment);
  showRunning();
}

function showRunning(): void {
  emptyState.root.hidden = !conversation.isEmpty();
  composer.setRunning(conversation.isRunning());
}

function receive(notification: ChatNotification): void {
  switch (notification.type) {
    case "state":
      showState(notification.state);
      composer.focus();
      break;
    case "environment":
      showEnvironment(notification.environment);
      break;
    case "turn": {
      conversation.update(notification.turn);
      showRunning();
      const { state, problem, citations } = notification.turn.answer;
      if (state === "failed") announcer.say(`${problem?.message ?? ""} ${problem?.remedy ?? ""}`);
      else if (state === "done")
        announcer.say(t("The answer is complete, with {0} cited sentences.", citations.length));
      else if (state === "stopped") announcer.say(t("Stopped."));
      break;
    }
    case "progress":
      conversation.receive(notification);
      announcer.say(progressWords(notification.progress.status));
      break;
    case "token":
    case "thinking":
      conversation.receive(notification);
      break;
    case "restarted":
      // The host sends the whole state after it.
      break;
    case "focus":
      composer.focus();
      break;
  }
}

document.addEventListener("keydown", (event) => {
  if (
    event.key === "Escape" &&
    conversation.isRunning() &&
    document.querySelector(".passage-popover:not([hidden])") === null
  ) {
    void ask("stop", {});
  }
});
scroller.append(
  element("h1", { class: "visually-hidden" }, t("Docwright chat")),
  emptyState.root,
  conversation.root,
);
document.body.append(topBar.root, scroller, composer.root, announcer.root);
void host.call("open", {}, {}).then(showState);
