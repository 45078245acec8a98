/**
 * Calibrates a model's code on the tasks of the package: the model answers each task and is asked again about its answers, about the
 * reference and about references that were broken; the checks label all of them; the calibration is fitted on what came out.
 */
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { AnswerRequest } from "../../core/answer/answer";
import { filesFor } from "../../core/answer/answerFiles";
import { isLabelled, readCase, type LabelledCase } from "../../core/calibration/labelledCase";
import { defaultThreshold } from "../../core/calibration/predict";
import { FailureError } from "../../core/failure";
import type { ModelServer } from "../../core/models/modelServer";
import { breakTask } from "../../core/tasks/breakTask";
import { labelOf, type TaskLabel } from "../../core/tasks/judgeTask";
import { fenced, spreadOverTopics, tasksVersion, type Task } from "../../core/tasks/task";
import {
  taskFigures,
  variantOf,
  type TaskCalibrationProgress,
  type TaskCalibrationReport,
  type TaskCalibrationRequest,
} from "../../core/tasks/taskCalibration";
import { ownFit, ownFitPaths, writeOwnFit } from "../calibration/ownFits";
import { readTasks } from "../calibration/taskFiles";
import { openResumable } from "../classify/resumable";
import { isSameModel } from "../../core/models/modelNames";
import type { Answering } from "./answering";
import type { Checking } from "./checking";

export interface Calibrating {
  /** Rejects with what answering and checking throw. */
  calibrate(
    request: TaskCalibrationRequest,
    onProgress: (progress: TaskCalibrationProgress) => void,
    signal: AbortSignal,
  ): Promise<TaskCalibrationReport>;
}

export interface CalibratingProps {
  readonly answering: Answering;
  readonly checking: Pick<Checking, "check">;
  readonly ollama: Pick<ModelServer, "status">;
  /** Name of the model that embeds questions and answers; `undefined` when there is none. */
  readonly embedder: (signal: AbortSignal) => Promise<string | undefined>;
  readonly packageRoot: string;
  readonly defaultStore: string;
}

/** Broken answers beside each reference. */
const brokenCount = 2;

interface Wanted {
  readonly id: string;
  readonly task: Task;
  /** Absent: the model answers, with this seed. */
  readonly given?: string;
  readonly seed: number;
  readonly info: string;
}

export function createCalibrating(props: CalibratingProps): Calibrating {
  const { answering, checking, ollama, embedder, packageRoot, defaultStore } = props;

  /** The attributes of one answer and whether it is right; `undefined` when the model could not be asked again. */
  const judge = async (
    { task, given, seed }: Wanted,
    { host, model, options, agreement }: TaskCalibrationRequest,
    signal: AbortSignal,
  ) => {
    const request: AnswerRequest = {
      kind: "generate",
      instruction: task.instruction,
      history: [],
      springBootVersion: tasksVersion,
      withDocuments: true,
      model: { host, model, options: { ...options, seed } },
      reask: { threshold: defaultThreshold, ...(agreement !== undefined && { samples: agreement }) },
      ...(given !== undefined && { given }),
    };
    const { text, confidence } = await answering.answer(request, () => undefined, signal);
    return confidence && { text, attributes: confidence.attributes, label: await label(task, text, signal) };
  };

  const label = async (task: Task, answer: string, signal: AbortSignal): Promise<TaskLabel> => {
    const files = filesFor(task.file, answer);
    if (files.length === 0) return labelOf(task, files, { files: [], notChecked: [] }, []);
    const folder = join(defaultStore, "tasks", task.id); // a name only: nothing is written there
    const paths = files.map(({ name }) => join(folder, name));
    const report = await checking.check(
      {
        files: files.map(({ text }, index) => ({ path: paths[index] ?? "", text })),
        springBootVersion: tasksVersion,
        offline: false,
        trusted: false,
      },
      () => undefined,
      signal,
    );
    return labelOf(task, files, report, paths);
  };

  return {
    async calibrate(request, onProgress, signal) {
      const { host, model, limit = Infinity, samples, fresh } = request;
      const [tasks, status] = await Promise.all([
        readTasks(packageRoot, signal),
        ollama.status(host, signal),
      ]);
      const installed = status.models.find(({ name }) => isSameModel(name, model));
      if (!installed) throw new FailureError({ kind: "model-missing", host, model });
      const paths = ownFitPaths(defaultStore, model, "code", request.out);
      await mkdir(dirname(paths.cases), { recursive: true });
      if (fresh) await rm(paths.cases, { force: true });
      const file = await openResumable(paths.cases, true);
      const cases = new Map<string, LabelledCase>();
      for (const line of file.lines) {
        const read = readCase(line);
        if (read.kind === "case" && isLabelled(read.value)) cases.set(read.value.id, read.value);
      }
      const wanted = spreadOverTopics(tasks, limit).flatMap((task) => variantsOf(task, samples));
      let unlabelled = 0;
      try {
        const started = performance.now();
        const todo = wanted.filter(({ id }) => !cases.has(id));
        let done = 0;
        for (const each of todo) {
          signal.throwIfAborted();
          const seconds = (performance.now() - started) / 1000;
          onProgress({
            cases: wanted.length - todo.length + done,
            casesTotal: wanted.length,
            right: countRight([...cases.values()]),
            ...(done > 0 && { secondsLeft: (seconds / done) * (todo.length - done) }),
            label: each.id,
          });
          const judged = await judge(each, request, signal);
          done++;
          if (!judged || judged.label.kind === "unknown") {
            unlabelled++;
            continue;
          }
          const { kind } = judged.label;
          const found: LabelledCase = {
            id: each.id,
            label: kind === "right" ? 1 : 0,
            document: judged.text,
            attributes: judged.attributes,
            group: each.task.topic,
            info: kind === "right" ? each.info : `${each.info}; ${judged.label.why}`,
          };
          await file.append(JSON.stringify(found));
          cases.set(each.id, found);
        }
      } finally {
        await file.close();
      }
      const own = wanted.flatMap(({ id }) => cases.get(id) ?? []);
      const answers = own.filter((each) => variantOf(each) === "answer");
      const counts = {
        casesPath: paths.cases,
        cases: own.length,
        right: countRight(own),
        answers: answers.length,
        answersRight: countRight(answers),
        unlabelled,
      };
      const fit = ownFit({
        ...{ cases: own, model, kind: "code", embedder: await embedder(signal) },
        quantisation: installed.quantisation ?? "unknown",
      });
      const why = await writeOwnFit(paths.model, fit, signal);
      if (why !== undefined) return { ...counts, why };
      const figures = taskFigures(fit);
      return { ...counts, path: paths.model, ...(figures && { figures }) };
    },
  };
}

function variantsOf(task: Task, samples: number): readonly Wanted[] {
  const broken = breakTask(task, brokenCount).map(({ how, text }, index) => ({
    ...{ id: `${task.id}/broken-${index + 1}`, task, given: fenced(task, text), seed: 1 },
    info: `reference, broken: ${how}`,
  }));
  const reference = {
    ...{ id: `${task.id}/reference`, task, given: fenced(task, task.reference), seed: 1 },
    info: "reference",
  };
  const answers = Array.from({ length: samples }, (_, index) => ({
    ...{ id: `${task.id}/answer-${index + 1}`, task, seed: index + 1 },
    info: `answer ${index + 1}`,
  }));
  return [...answers, reference, ...broken];
}

function countRight(cases: readonly LabelledCase[]): number {
  return cases.filter(({ label }) => label === 1).length;
}
