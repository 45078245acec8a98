/** How fast each model answered last on this machine. */
import type * as vscode from "vscode";
import type { AnswerTimings } from "../../core/answer/answer";
import type { Engine } from "../../core/engine";

export interface ModelSpeed {
  readonly tokensPerSecond: number;
  /** Milliseconds until the first token. */
  readonly firstToken: number;
}

export interface ModelSpeeds {
  note(host: string, model: string, timings: AnswerTimings): void;
  of(host: string, model: string): ModelSpeed | undefined;
}

const key = "docwright.modelSpeeds";
/** Models that are remembered, the latest first. */
const mostModels = 50;
/** An answer of fewer tokens tells more of the server's other work than of the model. */
const leastTokens = 5;

export function createModelSpeeds(state: Pick<vscode.Memento, "get" | "update">): ModelSpeeds {
  const all = () => state.get<readonly (readonly [string, ModelSpeed])[]>(key) ?? [];
  const nameOf = (host: string, model: string) => `${model} ${host}`;
  return {
    note(host, model, timings) {
      const speed = speedOf(timings);
      if (!speed) return;
      const name = nameOf(host, model);
      const others = all().filter(([other]) => other !== name);
      void state.update(key, [[name, speed], ...others].slice(0, mostModels));
    },
    of: (host, model) => all().find(([name]) => name === nameOf(host, model))?.[1],
  };
}

/** Undefined where the answer was too short to tell. */
export function speedOf({ firstToken, writing, answerTokens }: AnswerTimings): ModelSpeed | undefined {
  if (writing === undefined || writing <= 0 || answerTokens === undefined || answerTokens < leastTokens) {
    return undefined;
  }
  // The first token is there when the writing begins.
  return { tokensPerSecond: ((answerTokens - 1) * 1_000) / writing, firstToken };
}

/** The same engine, which notes how fast its answers were. */
export function notingSpeeds<Asked extends Pick<Engine, "answer">>(
  engine: Asked,
  speeds: Pick<ModelSpeeds, "note">,
): Asked {
  return {
    ...engine,
    answer: async (...[request, onEvent, signal]: Parameters<Engine["answer"]>) => {
      const result = await engine.answer(request, onEvent, signal);
      speeds.note(request.model.host, request.model.model, result.timings);
      return result;
    },
  };
}
