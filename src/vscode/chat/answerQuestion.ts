import type * as vscode from "vscode";
import type { AnswerRequest, AnswerResult } from "../../core/answer/answer";
import type { Engine } from "../../core/engine";
import { FailureError } from "../../core/failure";
import type { ProjectVersions, VersionChoice } from "../projectVersion";
import { answerChoice, modelChoice, type Settings } from "../settings";
import type { AnswerQuestion, Question } from "./chatSession";
import { versionLabel } from "./environment";
import type { Found } from "./setup";

export interface AnswerQuestionProps {
  readonly engine: Pick<Engine, "answer">;
  readonly settings: () => Settings;
  readonly versions: ProjectVersions;
  /** The document that decides which project's version is asked. */
  readonly documentOf: (question: Question) => vscode.TextDocument | undefined;
}

/** Puts a question together with the project's version and the model of the settings, and gives it to the engine. */
export function createAnswerQuestion(props: AnswerQuestionProps): AnswerQuestion {
  const { engine, settings, versions, documentOf } = props;
  return async (question, history, report, signal) => {
    const { kind, selection, context, sets, withDocuments, summary } = question;
    // The title of an explanation ("Explain OrderService.java:12") is ours; it asks nothing that the code does not.
    const instruction = kind === "explain" && selection ? "" : question.instruction;
    const answer = async (choice: VersionChoice) => {
      const now = question.model === undefined ? settings() : { ...settings(), model: question.model };
      const version = versionLabel(choice);
      report.prepared({ model: now.model, ...(version && { version }) });
      const request: AnswerRequest = {
        kind,
        instruction,
        history,
        withDocuments,
        model: modelChoice(now),
        ...answerChoice(now),
        ...(selection && { selection }),
        ...(context && { context }),
        ...(summary !== undefined && { summary }),
        ...(sets && { sets: sets.map(({ id }) => id) }),
        ...(choice.project && { project: choice.project }),
        ...(choice.springBootVersion !== undefined && { springBootVersion: choice.springBootVersion }),
      };
      return engine.answer(request, report.event, signal);
    };
    const document = documentOf(question);
    if (!withDocuments) return answer(await versions.current(document, signal));
    // A version that is not indexed is told in the chat, its ways out as buttons, and not by a second message beside it.
    const outcome = await versions.withVersion(
      document,
      (choice) => answer(choice).then(found, failed),
      signal,
    );
    if ("failure" in outcome) throw new FailureError(outcome.failure);
    return outcome.value;
  };
}

function found(value: AnswerResult): Found<AnswerResult> {
  return { value };
}

function failed(error: unknown): Found<AnswerResult> {
  if (error instanceof FailureError) return { failure: error.failure };
  throw error;
}
