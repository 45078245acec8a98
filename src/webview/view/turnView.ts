import type { SentenceCitation } from "../../core/answer/answer";
import type { ChatAction, ChatAnswer, ChatTurnRecord } from "../../protocol/chat";
import { element, icon } from "../dom";
import { numberSources, type SourceNumbers } from "../markdown/citationMarks";
import type { RenderActions } from "../markdown/render";
import { answerFoot } from "./answerFoot";
import { answerNotes } from "./answerNotes";
import { createAnswerText } from "./answerText";
import { createCitationMark, createDoubtfulMark } from "./citationMark";
import type { PassagePopover } from "./passagePopover";
import { createProgressLine, type ProgressLine } from "./progress";
import { createQuestionView } from "./questionView";
import { createSources } from "./sources";
import { t } from "../words";
import { verdictView } from "./verdict";
import { windowBar } from "./windowBar";

export interface TurnActions {
  readonly render: Omit<RenderActions, "apply">;
  readonly apply: (turnId: string, code: string, language: string) => Promise<boolean>;
  readonly openPassage: (turnId: string, passage: number, sentence?: SentenceRange) => void;
  readonly openOfficialPage: (turnId: string, passage: number) => void;
  readonly retry: (turnId: string) => void;
  readonly retryWithModel: (turnId: string) => void;
  readonly judge: (turnId: string, right: boolean) => void;
  readonly edit: (turnId: string, text: string) => void;
  readonly run: (action: ChatAction) => void;
}

/** A range in the answer's text. */
export interface SentenceRange {
  readonly start: number;
  readonly end: number;
}

export interface TurnView {
  readonly root: HTMLElement;
  readonly isRunning: () => boolean;
  /** Takes the turn as a whole: begun, finished, failed or restored. */
  update(turn: ChatTurnRecord): void;
  /** A piece of the answer; one that came before is passed over. */
  addToken(offset: number, text: string): void;
  addThinking(offset: number, text: string): void;
  showProgress(progress: NonNullable<ChatAnswer["progress"]>, passages: number): void;
  /** Renders what has arrived since the last time; called once a frame. */
  flush(): void;
}

export interface TurnViewProps {
  readonly turn: ChatTurnRecord;
  readonly actions: TurnActions;
  readonly popover: PassagePopover;
  /** Asks for a `flush` in the next frame. */
  readonly schedule: () => void;
}

/** One question with its answer. */
export function createTurnView({ turn: first, actions, popover, schedule }: TurnViewProps): TurnView {
  let turn = first;
  let text = "";
  let dirty = false;
  let progress: ProgressLine | undefined;
  let numbers: SourceNumbers = { cited: [], uncited: [] };

  const makeMark = (citation: SentenceCitation): Node => {
    const marks = document.createDocumentFragment();
    const { start, end } = citation;
    const isDoubtful = turn.answer.doubtful?.includes(citation) === true;
    for (const position of citation.passages) {
      const passage = turn.answer.passages[position];
      const number = numbers.cited.indexOf(position) + 1;
      if (!passage) continue;
      const open = () => actions.openPassage(turn.id, position, { start, end });
      if (isDoubtful) marks.append(createDoubtfulMark({ passage, popover, open }));
      else if (number > 0) marks.append(createCitationMark({ number, passage, popover, open }));
    }
    return marks;
  };

  const question = createQuestionView(first, (words) => actions.edit(first.id, words));
  const apply: RenderActions["apply"] = (code, language) => actions.apply(first.id, code, language);
  const answerText = createAnswerText({ actions: { ...actions.render, apply }, makeMark });
  const thinkingText = element("div", { class: "thinking-text" });
  const thinking = element(
    "details",
    { class: "thinking", hidden: true },
    element("summary", {}, t("Thinking")),
    thinkingText,
  );
  const before = element("div", { class: "answer-before" });
  const after = element("div", { class: "answer-after" });
  const root = element(
    "article",
    { class: "turn", tabindex: 0, "aria-labelledby": `question-${first.id}` },
    question.root,
    element("div", { class: "answer" }, before, thinking, answerText.root, after),
  );

  const endProgress = () => {
    progress?.dispose();
    progress?.root.remove();
    progress = undefined;
  };

  const update = (next: ChatTurnRecord) => {
    turn = next;
    const { answer } = turn;
    question.show(turn.instruction);
    text = answer.text;
    thinkingText.textContent = answer.thinking;
    thinking.hidden = answer.thinking === "";
    before.replaceChildren(...summaryOf(turn), ...marksOf(turn));
    root.setAttribute("aria-busy", String(answer.state === "running"));
    if (answer.state === "running") {
      answerText.stream(text);
      after.replaceChildren();
      if (answer.progress) showProgress(answer.progress, answer.passages.length);
      return;
    }
    endProgress();
    numbers = numberSources(answer.citations, answer.passages.length);
    answerText.finish(text, [...answer.citations, ...(answer.doubtful ?? [])]);
    after.replaceChildren(
      ...answerNotes(answer, { run: actions.run, retry: () => actions.retry(turn.id) }),
      createSources({
        passages: answer.passages,
        numbers,
        open: (position) => actions.openPassage(turn.id, position),
        openOfficialPage: (position) => actions.openOfficialPage(turn.id, position),
      }),
      ...(answer.confidence
        ? [
            verdictView(answer.confidence, {
              copy: (text) => void actions.render.copy(text),
              judge: (right) => actions.judge(turn.id, right),
            }),
          ]
        : []),
      ...(answer.window ? [windowBar(answer.window)] : []),
      answerFoot(turn, {
        retry: () => actions.retry(turn.id),
        retryWithModel: () => actions.retryWithModel(turn.id),
      }),
    );
  };

  const showProgress: TurnView["showProgress"] = (state, passages) => {
    progress ??= createProgressLine();
    progress.show(state, passages);
    if (!progress.root.isConnected) root.append(progress.root);
  };

  update(first);
  return {
    root,
    isRunning: () => turn.answer.state === "running",
    update,
    addToken(offset, piece) {
      if (offset !== text.length) return;
      text += piece;
      dirty = true;
      schedule();
    },
    addThinking(offset, piece) {
      if (offset !== thinkingText.textContent.length) return;
      thinking.hidden = false;
      thinkingText.append(piece);
    },
    showProgress,
    flush() {
      if (!dirty) return;
      dirty = false;
      answerText.stream(text);
    },
  };
}

/** What the model was told in the place of the oldest messages, to be read by whoever wants to know. */
function summaryOf({ summary }: ChatTurnRecord): readonly HTMLElement[] {
  if (!summary) return [];
  const { text, questions } = summary;
  const title =
    questions === 1
      ? t("The first question was summarised for the model")
      : t("The first {0} questions were summarised for the model", questions);
  return [
    element(
      "details",
      { class: "conversation-summary" },
      element("summary", {}, icon("fold"), ` ${title}`),
      element("p", {}, text),
    ),
  ];
}

/** What has to be known before the answer is read: whose documents it rests on, if any. */
function marksOf({ version, answer }: ChatTurnRecord): readonly HTMLElement[] {
  const marks = [
    ...(version?.mark === undefined ? [] : [capital(version.mark)]),
    ...(answer.answered === false
      ? [t("The documents do not answer this: the answer comes from the model alone.")]
      : []),
  ];
  return marks.map((mark) => element("p", { class: "version-mark" }, icon("info"), mark));
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
