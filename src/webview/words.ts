/** The page's texts in the person's language. The host, which knows it, hands the table of translations with the page. */
import { translator } from "../core/translate";

export const t = translator(tableOf(document.body.dataset["words"]));

function tableOf(json: string | undefined): Readonly<Record<string, string>> {
  const table: unknown = JSON.parse(json ?? "{}");
  return typeof table === "object" && table !== null ? Object.fromEntries(Object.entries(table)) : {};
}
