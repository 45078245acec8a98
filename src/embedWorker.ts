/** Composition root of one embedding thread: the ONNX model → messages. The pool (`adapters/embedding/pool.ts`) starts and ends it. */
import { parentPort, workerData } from "node:worker_threads";
import { embeddingModels } from "./adapters/embedding/embeddingModels";
import type { EmbeddingMethods, EmbeddingThreadData } from "./adapters/embedding/embeddingThread";
import { loadOnnxModel } from "./adapters/embedding/onnxModel";
import { createRpcServer, type RpcMessage } from "./protocol/rpc";

if (!parentPort) throw new Error("an embedding model runs in a worker thread");
const port = parentPort;
const { model, modelFolder, runtimeFolder } = workerData as EmbeddingThreadData;
const loading = loadOnnxModel({ model: embeddingModels[model], modelFolder, runtimeFolder });
// A load that fails is told to whoever asks for a vector; without this line Node would end the thread before anyone can ask.
loading.catch(() => undefined);

const server = createRpcServer<EmbeddingMethods>(
  { embed: async ({ text }) => (await loading).embed(text) },
  (message) => port.postMessage(message),
);
port.on("message", (message: RpcMessage) => server.receive(message));
