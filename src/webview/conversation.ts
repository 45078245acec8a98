/** The list of turns: keeps each turn's view, follows the end while the reader is there, renders streams once a frame. */
import type { ChatNotification, ChatTurnRecord } from "../protocol/chat";
import { element } from "./dom";
import type { PassagePopover } from "./view/passagePopover";
import { createTurnView, type TurnActions, type TurnView } from "./view/turnView";

export interface Conversation {
  readonly root: HTMLElement;
  readonly isEmpty: () => boolean;
  readonly isRunning: () => boolean;
  replace(turns: readonly ChatTurnRecord[]): void;
  update(turn: ChatTurnRecord): void;
  receive(piece: Extract<ChatNotification, { type: "token" | "thinking" | "progress" }>): void;
  scrollToEnd(): void;
}

export interface ConversationProps {
  readonly actions: TurnActions;
  readonly popover: PassagePopover;
  /** The element that scrolls. */
  readonly scroller: HTMLElement;
}

/** Pixels from the end within which the reader counts as following. */
const followDistance = 48;

export function createConversation({ actions, popover, scroller }: ConversationProps): Conversation {
  const root = element("div", { class: "conversation" });
  let views = new Map<string, TurnView>();
  let scheduled = false;

  const isFollowing = () =>
    scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < followDistance;
  const scrollToEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
  };
  const following = (change: () => void) => {
    const follow = isFollowing();
    change();
    if (follow) scrollToEnd();
  };
  const flush = () => {
    scheduled = false;
    following(() => {
      for (const view of views.values()) view.flush();
    });
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(flush);
  };
  const add = (turn: ChatTurnRecord) => {
    const view = createTurnView({ turn, actions, popover, schedule });
    views.set(turn.id, view);
    root.append(view.root);
  };

  root.addEventListener("keydown", (event) => {
    const turns = [...views.values()].map((view) => view.root);
    const at = turns.findIndex((turn) => turn === event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (at === -1 || step === undefined) return;
    event.preventDefault();
    turns[at + step]?.focus();
  });

  return {
    root,
    isEmpty: () => views.size === 0,
    isRunning: () => [...views.values()].some((view) => view.isRunning()),
    replace(turns) {
      root.replaceChildren();
      views = new Map();
      for (const turn of turns) add(turn);
      scrollToEnd();
    },
    update(turn) {
      const view = views.get(turn.id);
      if (view) following(() => view.update(turn));
      else {
        add(turn);
        scrollToEnd();
      }
    },
    receive(piece) {
      const view = views.get(piece.turnId);
      if (!view) return;
      if (piece.type === "token") view.addToken(piece.offset, piece.text);
      else if (piece.type === "thinking") view.addThinking(piece.offset, piece.text);
      else following(() => view.showProgress(piece.progress, piece.passages));
    },
    scrollToEnd,
  };
}
