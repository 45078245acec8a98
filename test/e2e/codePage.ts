/** Editors' tabs, lines, lenses and Docwright's first request for code, as a person sees them. */
import type { Locator } from "playwright-core";
import type { Editor } from "../support/editor";
import { quickInput } from "./quickInput";

export interface CodePage {
  readonly tab: (name: string) => Locator;
  /** Every hunk has its lens, and those out of sight are in the page as well: which one is in sight depends on the window's height. */
  readonly lens: (text: string | RegExp) => Locator;
  readonly line: (text: string | RegExp) => Locator;
  /** Fills the box of "Generate with docs", and leaves it open. */
  readonly fillInstruction: (instruction: string) => Promise<void>;
  /** Answers what is said once, when the first generated code is compiled. While it is there, Escape closes it and nothing else. */
  readonly acceptCompiling: () => Promise<void>;
}

/** @param current The editor in use: a test may close one and start another. */
export function codePage(current: () => Editor): CodePage {
  const shown = (selector: string, hasText: string | RegExp) =>
    current().page.locator(selector, { hasText }).filter({ visible: true }).first();
  return {
    tab: (name) => current().page.locator(".tab", { hasText: name }),
    lens: (text) => shown(".codelens-decoration a", text),
    line: (text) => shown(".editor-instance .view-line", text),
    async fillInstruction(instruction) {
      await current().palette("Docwright: Generate with docs");
      const question = quickInput(current());
      await question.title("Generate with docs").waitFor({ timeout: 60_000 });
      await question.box.fill(instruction);
    },
    async acceptCompiling() {
      const notice = current().page.locator(".notification-toast", { hasText: "compiles generated code" });
      await notice.getByRole("button", { name: "OK" }).click();
      await notice.waitFor({ state: "detached" });
    },
  };
}
