/** A passage in words: its title, its place and its own text. */
import type { FoundBy, Passage } from "../../core/search/passage";
import { t } from "../words";

/** What a passage is called in one line: `Web › Graceful Shutdown`. */
export function passageTitle({ headingPath, document }: Passage): string {
  return headingPath.length > 0 ? headingPath.join(" › ") : document;
}

/** Its text without the heading path that stands before it in a prompt, since the title says it. */
export function passageBody({ text, headingPath }: Passage): string {
  const end = text.indexOf("\n");
  const last = headingPath.at(-1);
  return end !== -1 && last !== undefined && text.slice(0, end).trim().endsWith(last)
    ? text.slice(end + 1).trimStart()
    : text;
}

/** Where it stands: `Spring Boot Reference · 3.2.1 · page 245`. */
export function passagePlace({ document, version, page }: Passage): string {
  return [document, version, page === undefined ? undefined : t("page {0}", page)]
    .filter((part) => part !== undefined)
    .join(" · ");
}

const reasons = {
  lexical: t("words"),
  vector: t("meaning"),
  name: t("its name"),
  question: t("users' questions"),
} as const satisfies Record<FoundBy["leg"], string>;

/** Why it was found, the strongest reason first: `Found by words (rank 1), meaning (rank 3)`; empty for a passage that was opened by its place. */
export function passageReason({ foundBy }: Pick<Passage, "foundBy">): string {
  if (foundBy.length === 0) return "";
  return t(
    "Found by {0}",
    foundBy.map(({ leg, rank }) => t("{0} (rank {1})", reasons[leg], rank)).join(", "),
  );
}
