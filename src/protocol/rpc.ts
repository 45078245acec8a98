/**
 * One small request/stream/cancel protocol for both borders of the extension: host and engine worker, host and webview. A handler
 * always replies, whatever happens in it, so that a caller never hangs; each request has its own id and its own cancellation.
 */
import { failureOf, FailureError, isAbort, type Failure } from "../core/failure";

/** What a method takes, what it emits while it runs, and what it returns. */
export interface MethodShape {
  readonly params: unknown;
  readonly event: unknown;
  readonly result: unknown;
}
export type Methods<M> = { readonly [K in keyof M]: MethodShape };

export type RpcMessage =
  | { readonly type: "request"; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly type: "cancel"; readonly id: number }
  | { readonly type: "event"; readonly id: number; readonly event: unknown }
  | { readonly type: "result"; readonly id: number; readonly result: unknown }
  | { readonly type: "failure"; readonly id: number; readonly failure: Failure }
  | { readonly type: "cancelled"; readonly id: number };

export type Handlers<M extends Methods<M>> = {
  readonly [K in keyof M]: (
    params: M[K]["params"],
    emit: (event: M[K]["event"]) => void,
    signal: AbortSignal,
  ) => Promise<M[K]["result"]>;
};

export interface RpcClient<M extends Methods<M>> {
  call<K extends keyof M & string>(
    method: K,
    params: M[K]["params"],
    options: { readonly onEvent?: (event: M[K]["event"]) => void; readonly signal?: AbortSignal },
  ): Promise<M[K]["result"]>;
  /** Feed every message that comes from the other side. */
  receive(message: RpcMessage): void;
  /** Cancels all that is under way; resolves when the other side has ended it. */
  cancelAll(): Promise<void>;
  /** Rejects all that is under way, for a border that broke. */
  failAll(failure: Failure): void;
}

interface Pending {
  readonly cancel: () => void;
  readonly onEvent: ((event: unknown) => void) | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export function createRpcClient<M extends Methods<M>>(send: (message: RpcMessage) => void): RpcClient<M> {
  const pending = new Map<number, Pending>();
  /** Sent and not answered: a cancelled call is over here before it is over there. */
  const unanswered = new Set<number>();
  let whenAnswered: (() => void)[] = [];
  let nextId = 1;

  const answered = (ids: Iterable<number>) => {
    for (const id of ids) unanswered.delete(id);
    if (unanswered.size > 0) return;
    for (const resolve of whenAnswered) resolve();
    whenAnswered = [];
  };

  const settle = (id: number, act: (entry: Pending) => void) => {
    const entry = pending.get(id);
    if (!entry) return;
    pending.delete(id);
    act(entry);
  };

  return {
    call(method, params, { onEvent, signal }) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(abortError());
          return;
        }
        const id = nextId++;
        const cancel = () => {
          settle(id, (entry) => {
            send({ type: "cancel", id });
            entry.reject(abortError());
          });
        };
        const finish = () => signal?.removeEventListener("abort", cancel);
        pending.set(id, {
          cancel,
          onEvent,
          resolve: (value) => {
            finish();
            resolve(value);
          },
          reject: (error) => {
            finish();
            reject(error);
          },
        });
        signal?.addEventListener("abort", cancel, { once: true });
        unanswered.add(id);
        send({ type: "request", id, method, params });
      });
    },
    receive(message) {
      if (isAnswer(message)) answered([message.id]);
      switch (message.type) {
        case "event":
          pending.get(message.id)?.onEvent?.(message.event);
          break;
        case "result":
          settle(message.id, (entry) => entry.resolve(message.result));
          break;
        case "failure":
          settle(message.id, (entry) => entry.reject(new FailureError(message.failure)));
          break;
        case "cancelled":
          settle(message.id, (entry) => entry.reject(abortError()));
          break;
        case "request":
        case "cancel":
          break; // for the server of this border
      }
    },
    cancelAll() {
      for (const { cancel } of [...pending.values()]) cancel();
      return new Promise((resolve) => {
        whenAnswered.push(resolve);
        answered([]);
      });
    },
    failAll(failure) {
      answered([...unanswered]);
      for (const id of [...pending.keys()]) settle(id, (entry) => entry.reject(new FailureError(failure)));
    },
  };
}

export interface RpcServer {
  receive(message: RpcMessage): void;
  /** Aborts all that runs, for a border that goes away. */
  abortAll(): void;
}

export function createRpcServer<M extends Methods<M>>(
  handlers: Handlers<M>,
  send: (message: RpcMessage) => void,
): RpcServer {
  const running = new Map<number, AbortController>();

  const run = async (id: number, method: string, params: unknown) => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      if (!Object.hasOwn(handlers, method)) throw new Error(`unknown method ${method}`);
      const handler = handlers[method as keyof M];
      const emit = (event: unknown) => {
        if (!controller.signal.aborted) send({ type: "event", id, event });
      };
      const result = await handler(params, emit, controller.signal);
      send({ type: "result", id, result });
    } catch (error) {
      send(isAbort(error) ? { type: "cancelled", id } : { type: "failure", id, failure: failureOf(error) });
    } finally {
      running.delete(id);
    }
  };

  return {
    receive(message) {
      if (message.type === "request") void run(message.id, message.method, message.params);
      else if (message.type === "cancel") running.get(message.id)?.abort();
    },
    abortAll() {
      for (const controller of running.values()) controller.abort();
    },
  };
}

const isAnswer = ({ type }: RpcMessage) => type === "result" || type === "failure" || type === "cancelled";

function abortError(): Error {
  const error = new Error("cancelled");
  error.name = "AbortError";
  return error;
}
