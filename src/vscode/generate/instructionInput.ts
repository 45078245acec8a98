/** The input box for an instruction; it opens with the last one and offers the earlier ones. */
import * as vscode from "vscode";
import { rememberInstruction } from "../../core/generate/instruction";

const historyKey = "docwright.instructions";

export interface InstructionInput {
  /** Undefined when the person leaves it; `title` when the instruction is for another command than "Generate with docs". */
  ask(title?: string): Promise<string | undefined>;
  /** What should be different in the answer to `instruction`. */
  askRefinement(instruction: string): Promise<string | undefined>;
  remember(instruction: string): Promise<void>;
}

export function createInstructionInput(state: vscode.Memento): InstructionInput {
  const history = () => state.get<readonly string[]>(historyKey) ?? [];
  return {
    ask: (title) =>
      askWith(history(), {
        title: title ?? vscode.l10n.t("Generate with docs"),
        prompt: vscode.l10n.t("What should the code do?"),
        placeholder: vscode.l10n.t("a REST controller that returns one order by its id"),
        initial: history()[0] ?? "",
      }),
    askRefinement: (instruction) =>
      askWith(history(), {
        title: vscode.l10n.t("Refine: {0}", instruction),
        prompt: vscode.l10n.t("What should be different? The code so far goes along."),
        placeholder: vscode.l10n.t("with a timeout of 5 s"),
        initial: "",
      }),
    remember: async (instruction) => state.update(historyKey, rememberInstruction(history(), instruction)),
  };
}

interface Question {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  readonly initial: string;
}

function askWith(history: readonly string[], question: Question): Promise<string | undefined> {
  const input = vscode.window.createInputBox();
  input.title = question.title;
  input.placeholder = question.placeholder;
  input.prompt = question.prompt;
  input.value = question.initial;
  input.ignoreFocusOut = true;
  const earlier: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("history"),
    tooltip: vscode.l10n.t("Earlier instructions"),
  };
  if (history.length > 0) input.buttons = [earlier];
  return new Promise((resolve) => {
    let choosing = false;
    const done = (instruction: string | undefined) => {
      resolve(instruction);
      input.dispose();
    };
    input.onDidChangeValue(() => (input.validationMessage = undefined));
    input.onDidAccept(() => {
      const instruction = input.value.trim();
      if (instruction === "")
        input.validationMessage = vscode.l10n.t("Say in a few words what the code should do.");
      else done(instruction);
    });
    input.onDidHide(() => {
      if (!choosing) done(undefined);
    });
    input.onDidTriggerButton(async () => {
      choosing = true;
      const chosen = await vscode.window.showQuickPick(history, { title: earlier.tooltip ?? "" });
      choosing = false;
      input.value = chosen ?? input.value;
      input.show();
    });
    input.show();
  });
}
