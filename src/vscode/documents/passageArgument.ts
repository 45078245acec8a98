import type { Passage } from "../../core/search/passage";

/** Whether a command's argument is a passage, as far as opening it needs. */
export function isPassage(argument: unknown): argument is Passage {
  return (
    typeof argument === "object" && argument !== null && "id" in argument && typeof argument.id === "string"
  );
}
