/** Where the model could not: the field guide's own compiled sample, as another answer that says what it is. */
import * as vscode from "vscode";
import type { Engine, SampleOffer } from "../../core/engine";
import { Attempt } from "../pending/attempt";
import { textOf } from "../pending/documentTexts";
import type { PendingChange, Remark } from "../pending/pendingChange";
import type { PendingChanges } from "../pending/pendingChanges";
import { withProgress } from "../progress";
import type { ProjectVersions } from "../projectVersion";

export interface GuideSampleProps {
  readonly engine: Pick<Engine, "sample">;
  readonly versions: Pick<ProjectVersions, "current">;
  readonly pending: Pick<PendingChanges, "settle" | "keep" | "show">;
}

/** Stands in the line of actions where it may help. */
export const sampleRemark = (): Remark => ({
  icon: "book",
  text: vscode.l10n.t("Offer the guide's sample"),
  tooltip: vscode.l10n.t(
    "The field guide to Spring Boot 3.2 has compiled samples: the one that is nearest to what was asked",
  ),
  command: "offerSample",
});

export async function offerSample(
  { engine, versions, pending }: GuideSampleProps,
  change: PendingChange,
): Promise<void> {
  const { main, attempt } = change;
  const offer = await withProgress("Docwright", async (report, signal) => {
    report({ message: vscode.l10n.t("Looking into the field guide") });
    const document = await vscode.workspace.openTextDocument(main.uri);
    const { springBootVersion } = await versions.current(document, signal);
    const text = await textOf(main);
    return engine.sample(
      {
        instruction: attempt.instruction,
        path: main.uri.path,
        ...(text !== undefined && { text }),
        ...(springBootVersion !== undefined && { springBootVersion }),
      },
      signal,
    );
  });
  if (!offer) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("The field guide has no sample for this, or none for this version of Spring Boot."),
    );
    return;
  }
  const { instruction, turns } = attempt;
  const sample = new Attempt({
    ...{ instruction, turns, answer: answerOf(offer), passages: [offer.passage], complete: true },
    mark: vscode.l10n.t("the field guide's own sample, not the model's: {0}", offer.title),
  });
  sample.mending = "settled";
  change.add(sample, true);
  await pending.settle(change);
  pending.keep();
  await pending.show(change, false);
}

/** As an answer is written, so that it goes the same ways. */
function answerOf({ code, others }: SampleOffer): string {
  const blocks = [{ language: "java", text: code }, ...others];
  return blocks.map(({ language, text }) => `\`\`\`${language}\n${text}\n\`\`\``).join("\n\n");
}
