import { element } from "../dom";

export interface Announcer {
  readonly root: HTMLElement;
  /** Tells a screen reader when it has finished what it is saying. */
  say(text: string): void;
}

export function createAnnouncer(): Announcer {
  const root = element("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  return {
    root,
    say(text) {
      if (root.textContent !== text) root.textContent = text;
    },
  };
}
