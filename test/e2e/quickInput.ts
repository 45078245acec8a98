/** Lists and input boxes of the editor, as a person sees them, and the questions that indexing asks in them. */
import type { Locator } from "playwright-core";
import type { Editor } from "../support/editor";

export interface QuickInput {
  row(text: string | RegExp): Locator;
  title(text: string): Locator;
  readonly box: Locator;
  /** Answers the questions of "Index reference docs" for an address, with the document's own name and version. */
  indexAddress(address: string): Promise<void>;
}

export function quickInput(editor: Editor): QuickInput {
  const { page } = editor;
  const row: QuickInput["row"] = (text) =>
    page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
  const title: QuickInput["title"] = (text) => page.locator(".quick-input-title", { hasText: text });
  const box = page.locator(".quick-input-widget input[type=text]");
  return {
    ...{ row, title, box },
    async indexAddress(address) {
      await editor.palette("Docwright: Index reference docs");
      await row("An address…").click();
      // The list that was there before has the same title and the same box.
      await page.locator(".quick-input-message", { hasText: "Address of a PDF or HTML page" }).waitFor();
      await box.fill(address);
      await page.keyboard.press("Enter");
      for (const step of ["2 of 3", "3 of 3"]) {
        await title(step).waitFor();
        await page.keyboard.press("Enter");
      }
    },
  };
}
