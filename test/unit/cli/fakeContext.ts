import { originOf } from "../../../src/core/document/documentWish";
import type { CommandContext } from "../../../src/cli/command";
import type { WorkerEngine } from "../../../src/adapters/engine/workerEngine";

export interface Recorded {
  readonly context: CommandContext;
  /** What went to standard output. */
  readonly out: () => string;
  /** Lines for the person. */
  readonly said: () => readonly string[];
}

/** A context with an engine of the given methods; any other method fails the test that calls it. */
export function fakeContext(
  methods: Partial<WorkerEngine>,
  rest: Partial<Pick<CommandContext, "environment" | "directory">> = {},
): Recorded {
  const out: string[] = [];
  const said: string[] = [];
  const unexpected = (name: string) => () =>
    Promise.reject(new Error(`${name} was not expected to be called`));
  const engine: WorkerEngine = {
    index: unexpected("index"),
    search: unexpected("search"),
    answer: unexpected("answer"),
    sets: unexpected("sets"),
    activity: () => Promise.resolve(undefined),
    diagnose: unexpected("diagnose"),
    removeSet: unexpected("removeSet"),
    openPassage: unexpected("openPassage"),
    changes: unexpected("changes"),
    projectFacts: unexpected("projectFacts"),
    sample: unexpected("sample"),
    pageLinks: unexpected("pageLinks"),
    server: unexpected("server"),
    pullModel: unexpected("pullModel"),
    check: unexpected("check"),
    property: unexpected("property"),
    calibrateTasks: unexpected("calibrateTasks"),
    label: unexpected("label"),
    labels: unexpected("labels"),
    correctLabel: unexpected("correctLabel"),
    calibrateLabels: unexpected("calibrateLabels"),
    doctor: unexpected("doctor"),
    close: () => Promise.resolve(),
    ...methods,
  };
  return {
    context: {
      engine,
      terminal: {
        answer: (text) => void out.push(text),
        say: (line) => void said.push(line),
        progress: () => undefined,
        endProgress: () => undefined,
      },
      environment: {},
      obtain: (wish) =>
        Promise.resolve({
          source: { path: wish.kind === "path" ? wish.path : "downloaded", origin: originOf(wish) },
          passedOver: [],
        }),
      directory: "/work-folder",
      ...rest,
    },
    out: () => out.join(""),
    said: () => said,
  };
}
