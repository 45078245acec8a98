/**
 * Tasks with checks: an instruction, what an answer has to use, and an answer that is right. A calibration of code is made from what a model
 * answers to them (`docwright calibrate --tasks`); the files are `docs-index/tasks/*.yaml`, one a topic.
 */
import { parse } from "yaml";
import { z } from "zod";

export interface Task {
  readonly id: string;
  /** The file's name: cases of one topic are never on both sides of a fit. */
  readonly topic: string;
  readonly instruction: string;
  /** Name of the file that is asked for. */
  readonly file: string;
  /**
   * What a right answer uses: identifiers, `@Annotation`, whole names of properties. `a|b` is met by either.
   */
  readonly expects: readonly string[];
  /** The text of a file that is right. */
  readonly reference: string;
}

/** The version that the tasks are for. */
export const tasksVersion = "3.2.12";

const scheme = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    instruction: z.string().min(20),
    file: z.string().default("Answer.java"),
    expects: z.array(z.string().min(1)).min(1),
    reference: z.string().min(20),
  }),
);

/** Reads a file of tasks. Throws a `RangeError` that names the topic for one that is none. */
export function parseTasks(yaml: string, topic: string): readonly Task[] {
  const read = scheme.safeParse(parse(yaml));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new RangeError(`tasks/${topic}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
  }
  return read.data.map((task) => ({ ...task, topic }));
}

/** So many of the tasks, the topics in turn, so that a few are of many topics. */
export function spreadOverTopics(tasks: readonly Task[], count: number): readonly Task[] {
  const topics = [...new Set(tasks.map(({ topic }) => topic))];
  const byTopic = topics.map((topic) => tasks.filter((task) => task.topic === topic));
  const longest = Math.max(0, ...byTopic.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, index) =>
    byTopic.flatMap((own) => own[index] ?? []),
  ).flat();
  return inTurn.slice(0, count);
}

/** A file's text as a model would answer it. */
export function fenced({ file }: Pick<Task, "file">, text: string): string {
  return `\`\`\`${file.slice(file.lastIndexOf(".") + 1)}\n${text.trimEnd()}\n\`\`\``;
}
