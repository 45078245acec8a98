import { answerCommand } from "../answerCommand";

export const generate = answerCommand({
  kind: "generate",
  summary: "Write code for an instruction, from the reference of the project's version.",
});
