/**
 * The {@link Embedder} of the package: a few threads that run one ONNX model each. Threads start when there is work, end after a minute
 * without (each holds about 380 MB), and never keep the process alive while nothing is asked.
 */
import { setMaxListeners } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Embedder } from "../../core/embedder";
import { FailureError, type Failure } from "../../core/failure";
import { createRpcClient, type RpcClient, type RpcMessage } from "../../protocol/rpc";
import { embeddingModels, type EmbeddingModelName } from "./embeddingModels";
import type { EmbeddingMethods, EmbeddingThreadData } from "./embeddingThread";

export interface EmbeddingPoolProps {
  /** Path of the bundled thread, `dist/embedWorker.cjs`. */
  readonly workerPath: string;
  readonly model: EmbeddingModelName;
  readonly modelFolder: string;
  readonly runtimeFolder: string;
  /** Most threads at a time; absent: {@link defaultThreads}. */
  readonly threads?: number;
  /** Milliseconds without work after which a thread ends. */
  readonly idleAfter?: number;
}

/** Two threads, up to four on a machine with cores to spare: the developer and the language model work on the same one. */
export function defaultThreads(cores = availableParallelism()): number {
  if (cores < 2) return 1;
  return Math.max(2, Math.min(4, Math.floor(cores / 2)));
}

/** With fewer texts waiting than this a further thread would load its model longer than it could help. */
const textsWorthAThread = 8;

interface Job {
  readonly text: string;
  readonly resolve: (vector: Float32Array) => void;
  readonly reject: (error: Error) => void;
  /** False after the caller gave up; what a thread then still computes is dropped. */
  wanted: boolean;
  retried: boolean;
}

interface Thread {
  readonly worker: Worker;
  readonly client: RpcClient<EmbeddingMethods>;
  job: Job | undefined;
  idleTimer: NodeJS.Timeout | undefined;
}

export function createEmbeddingPool(props: EmbeddingPoolProps): Embedder {
  const { workerPath, model, modelFolder, runtimeFolder } = props;
  const { threads: mostThreads = defaultThreads(), idleAfter = 60_000 } = props;
  const identity = embeddingModels[model].identity;
  const threads = new Set<Thread>();
  const queue: Job[] = [];

  const startThread = (): Thread => {
    const worker = new Worker(workerPath, {
      workerData: { model, modelFolder, runtimeFolder } satisfies EmbeddingThreadData,
    });
    const client = createRpcClient<EmbeddingMethods>((message) => worker.postMessage(message));
    const thread: Thread = { worker, client, job: undefined, idleTimer: undefined };
    threads.add(thread);
    worker.on("message", (message: RpcMessage) => client.receive(message));
    const died = (cause: string) => {
      threads.delete(thread);
      clearTimeout(thread.idleTimer);
      client.failAll({ kind: "worker-died", cause });
    };
    worker.on("error", (error) => died(error instanceof Error ? error.message : String(error)));
    worker.on("exit", (code) => died(`exit code ${code}`));
    worker.unref();
    return thread;
  };

  const endThread = (thread: Thread) => {
    threads.delete(thread);
    clearTimeout(thread.idleTimer);
    return thread.worker.terminate();
  };

  const run = async (thread: Thread, job: Job): Promise<void> => {
    thread.job = job;
    clearTimeout(thread.idleTimer);
    thread.worker.ref(); // a process that waits for a vector must not end
    try {
      job.resolve(await thread.client.call("embed", { text: job.text }, {}));
    } catch (error) {
      const failure: Failure =
        error instanceof FailureError ? error.failure : { kind: "embedder-failed", cause: String(error) };
      // A dead thread may have been killed for its memory: one more try with a new one, not a loop of them.
      if (failure.kind === "worker-died" && !job.retried) {
        job.retried = true;
        queue.unshift(job);
      } else if (failure.kind === "worker-died") {
        job.reject(
          new FailureError({ kind: "embedder-failed", cause: `its thread ended (${failure.cause})` }),
        );
      } else {
        job.reject(new FailureError(failure));
      }
    } finally {
      thread.job = undefined;
      thread.worker.unref();
      thread.idleTimer = setTimeout(() => void endThread(thread), idleAfter).unref();
    }
    pump();
  };

  const pump = (): void => {
    while (queue.length > 0) {
      if (queue[0]?.wanted === false) {
        queue.shift();
        continue;
      }
      let thread = [...threads].find((each) => each.job === undefined);
      if (
        !thread &&
        threads.size < mostThreads &&
        (threads.size === 0 || queue.length >= textsWorthAThread)
      ) {
        thread = startThread();
      }
      const job = thread && queue.shift();
      if (!thread || !job) return;
      void run(thread, job);
    }
  };

  /** One vector a text; the first failure or the caller's abort takes the other texts out of the queue. */
  const embed = async (
    texts: readonly string[],
    ahead: boolean,
    signal: AbortSignal,
  ): Promise<Float32Array[]> => {
    signal.throwIfAborted();
    const jobs: Job[] = [];
    const vectors = texts.map(
      (text) =>
        new Promise<Float32Array>((resolve, reject) => {
          jobs.push({ text, resolve, reject, wanted: true, retried: false });
        }),
    );
    const giveUp = () => {
      for (const job of jobs) {
        job.wanted = false;
        job.reject(abortError(signal));
      }
    };
    setMaxListeners(0, signal); // a caller may well have many batches under way
    signal.addEventListener("abort", giveUp, { once: true });
    if (ahead) queue.unshift(...jobs);
    else queue.push(...jobs);
    pump();
    try {
      return await Promise.all(vectors);
    } catch (error) {
      for (const job of jobs) job.wanted = false;
      throw error;
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  };

  return {
    identity,
    embedDocuments: (texts, signal) =>
      embed(
        texts.map((text) => identity.documentPrefix + text),
        false,
        signal,
      ),
    async embedQuery(text, signal) {
      // A question goes ahead of the passages of an index in the making: a person waits for it.
      const [vector] = await embed([identity.queryPrefix + text], true, signal);
      if (!vector) throw new FailureError({ kind: "embedder-failed", cause: "it returned no vector" });
      return vector;
    },
    async close() {
      for (const job of queue.splice(0)) {
        job.reject(new FailureError({ kind: "embedder-failed", cause: "it was closed" }));
      }
      await Promise.all([...threads].map((thread) => endThread(thread)));
    },
  };
}

function abortError(signal: AbortSignal): Error {
  const error = new Error("cancelled", { cause: signal.reason });
  error.name = "AbortError";
  return error;
}
