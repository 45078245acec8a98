import type { Engine } from "../core/engine";

type EventOf<F> = F extends (params: never, onEvent: (event: infer E) => void, signal: AbortSignal) => unknown
  ? E
  : never;

/** The engine's methods as messages, derived from the port so that the two cannot drift apart. */
export type EngineMethods = {
  readonly [K in keyof Engine]: {
    readonly params: Parameters<Engine[K]>[0];
    readonly event: EventOf<Engine[K]>;
    readonly result: Awaited<ReturnType<Engine[K]>>;
  };
};
