import { openResumable } from "../../adapters/classify/resumable";
import type { ModelServer, TokenQuestion } from "../../core/models/modelServer";
import type { Terminal } from "../terminal";

export interface Batch {
  readonly promptText: string;
  readonly trailing: string;
  readonly labels: readonly string[];
  readonly question: Omit<TokenQuestion, "messages">;
}

export interface SynthesizeRequest {
  readonly server: ModelServer;
  readonly batch: Batch;
  readonly output: string;
  readonly count: number;
  readonly resume: boolean;
  readonly terminal: Terminal;
}

const draftTokens = 200;

/**
 * Writes drafts of documents, the labels in turn. They are no truth: each is marked `synthetic`, and its label is what was asked for, until a
 * person has looked.
 */
export async function synthesize(
  { server, batch, output, count, resume, terminal }: SynthesizeRequest,
  signal: AbortSignal,
): Promise<void> {
  const labels = batch.labels.length > 0 ? batch.labels : ["No", "Yes"];
  const file = await openResumable(output, resume);
  try {
    for (let index = file.lines.length; index < count; index++) {
      terminal.progress(`Draft ${index + 1}/${count}`);
      const label = index % labels.length;
      const question = batch.trailing === "" ? "Which label fits?" : batch.trailing;
      const content = [
        batch.promptText,
        "Write one new short document, and nothing else.",
        `Asked about it, "${question}", the right answer has to be: ${labels[label] ?? ""}.`,
      ];
      const reply = await server.askToken(
        {
          ...batch.question,
          messages: [{ role: "user", content: content.filter((part) => part !== "").join("\n\n") }],
          answerTokens: draftTokens,
          options: { temperature: 0.9, seed: index + 1 },
        },
        signal,
      );
      await file.append(
        JSON.stringify({
          id: `synthetic-${index + 1}`,
          label,
          document: reply.text.trim(),
          info: `draft for the label "${labels[label] ?? ""}", not checked by a person`,
          synthetic: true,
        }),
      );
    }
  } finally {
    await file.close();
  }
  terminal.endProgress();
  terminal.say(`${count} drafts in ${output}; check each label before you use them.`);
}
