import { answerCommand } from "../answerCommand";

export const explain = answerCommand({
  kind: "explain",
  summary: "Explain code, or answer a question, from the reference of the project's version.",
});
