/** The {@link Engine} as its callers see it: a client of the engine's worker thread, which starts with the first call. */
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Engine } from "../../core/engine";
import type { EngineMethods } from "../../protocol/engine";
import { createRpcClient, type RpcClient, type RpcMessage } from "../../protocol/rpc";
import { answerSecrets, type SecretsQuestion } from "./secretsMessages";
import type { SecretsOf } from "../../core/models/serverSecrets";
import type { ConnectionLog } from "../../core/connections";

export interface WorkerEngineProps {
  /** Path of the bundled worker, `dist/worker.cjs`. */
  readonly workerPath: string;
  /** Asked for at each start of the worker. */
  readonly workerData: () => EngineWorkerData;
  readonly log: (line: string) => void;
  /** Told before each connection that the worker opens. */
  readonly connecting?: ConnectionLog["note"];
  /** Asked by the worker before each request to a server of models; none are sent when absent. */
  readonly secrets?: SecretsOf;
}

/** Beside the messages of calls: the worker is about to connect. */
export interface ConnectingMessage {
  readonly type: "connecting";
  readonly target: string;
  readonly purpose: string;
}

/** What the worker is told at its start. */
export interface EngineWorkerData {
  /** Root of the installed package: holds `dist` and `docs-index`. */
  readonly packageRoot: string;
  /** The default store; see `paths.ts`. */
  readonly defaultStore: string;
  /** Embeds with a model in Ollama; absent: with the model in the package. */
  readonly ollamaEmbeddings?: { readonly host: string; readonly model: string };
}

export interface WorkerEngine extends Engine {
  /** Cancels what is under way, lets it clean up behind itself (the lock of a store, half a set), and ends the worker. */
  close(): Promise<void>;
}

/** A worker that hangs is ended all the same. */
const cleanUpMilliseconds = 5_000;

interface Running {
  readonly worker: Worker;
  readonly client: RpcClient<EngineMethods>;
  /** Calls under way: while there is one, the worker keeps the process alive. */
  calls: number;
}

/** A worker that dies (out of memory, a crash) fails what is under way with `worker-died`; the next call starts another. */
export function createWorkerEngine({
  workerPath,
  workerData,
  log,
  connecting,
  secrets,
}: WorkerEngineProps): WorkerEngine {
  let running: Running | undefined;

  const start = (): Running => {
    const worker = new Worker(workerPath, { workerData: workerData(), stdout: true, stderr: true });
    const client = createRpcClient<EngineMethods>((message) => worker.postMessage(message));
    const current: Running = { worker, client, calls: 0 };
    worker.on("message", (message: RpcMessage | ConnectingMessage | SecretsQuestion) => {
      if (message.type === "connecting") connecting?.(message.target, message.purpose);
      else if (message.type === "secrets?")
        void answerSecrets(message, secrets, log).then((reply) => worker.postMessage(reply));
      else client.receive(message);
    });
    worker.stderr.on("data", (data: Buffer) => log(data.toString().trimEnd()));
    worker.stdout.on("data", (data: Buffer) => log(data.toString().trimEnd()));
    const died = (cause: string) => {
      if (running === current) running = undefined;
      client.failAll({ kind: "worker-died", cause });
    };
    worker.on("error", (error) => died(error instanceof Error ? error.message : String(error)));
    worker.on("exit", (code) => died(`exit code ${code}`));
    worker.unref();
    return current;
  };

  const call = <K extends keyof EngineMethods>(
    method: K,
    params: EngineMethods[K]["params"],
    signal: AbortSignal,
    onEvent?: (event: EngineMethods[K]["event"]) => void,
  ): Promise<EngineMethods[K]["result"]> => {
    running ??= start();
    const current = running;
    if (current.calls++ === 0) current.worker.ref();
    return current.client.call(method, params, { signal, ...(onEvent && { onEvent }) }).finally(() => {
      if (--current.calls === 0) current.worker.unref();
    });
  };

  return {
    index: (request, onProgress, signal) => call("index", request, signal, onProgress),
    search: (request, signal) => call("search", request, signal),
    answer: (request, onEvent, signal) => call("answer", request, signal, onEvent),
    sets: (request, signal) => call("sets", request, signal),
    activity: (request, signal) => call("activity", request, signal),
    diagnose: (request, signal) => call("diagnose", request, signal),
    removeSet: (request, signal) => call("removeSet", request, signal),
    openPassage: (request, signal) => call("openPassage", request, signal),
    changes: (request, signal) => call("changes", request, signal),
    projectFacts: (request, signal) => call("projectFacts", request, signal),
    check: (request, onProgress, signal) => call("check", request, signal, onProgress),
    sample: (request, signal) => call("sample", request, signal),
    property: (request, signal) => call("property", request, signal),
    calibrateTasks: (request, onProgress, signal) => call("calibrateTasks", request, signal, onProgress),
    label: (request, signal) => call("label", request, signal),
    labels: (request, signal) => call("labels", request, signal),
    correctLabel: (request, signal) => call("correctLabel", request, signal),
    calibrateLabels: (request, signal) => call("calibrateLabels", request, signal),
    pageLinks: (request, signal) => call("pageLinks", request, signal),
    server: (request, signal) => call("server", request, signal),
    pullModel: (request, onProgress, signal) => call("pullModel", request, signal, onProgress),
    doctor: (request, signal) => call("doctor", request, signal),
    async close() {
      const current = running;
      running = undefined;
      if (!current) return;
      current.worker.ref();
      await Promise.race([current.client.cancelAll(), pause(cleanUpMilliseconds, undefined, { ref: false })]);
      await current.worker.terminate();
    },
  };
}
