/** The ledger of connections as a page to read and to copy. */
import type { Connection } from "../core/connections";
import { english, type Translate } from "../core/translate";

export function connectionsPage(connections: readonly Connection[], t: Translate = english): string {
  const title = `# ${t("Connections since this window opened")}`;
  if (connections.length === 0) return `${title}\n\n${t("Nothing was connected to.")}\n`;
  const rows = connections.map(({ host, purpose, count, last }) =>
    [`\`${host}\``, t(purpose), String(count), last.replace("T", " ").slice(0, 19)].join(" | "),
  );
  const head = [t("to"), t("for"), t("how often"), t("last (UTC)")].join(" | ");
  return [
    title,
    "",
    t(
      "Docwright connects to the Ollama of your settings, and elsewhere only when you ask for documents or a model, or let your own build tool fetch what the project depends on.",
    ),
    "",
    `| ${head} |`,
    "| --- | --- | ---: | --- |",
    ...rows.map((row) => `| ${row} |`),
    "",
  ].join("\n");
}
