/** Composition root of the engine's worker thread: adapters → engine → messages. */
import { parentPort, workerData } from "node:worker_threads";
import { createEngine } from "./adapters/engine/engine";
import { createSecretsClient, type SecretsReply } from "./adapters/engine/secretsMessages";
import type { ConnectingMessage, EngineWorkerData } from "./adapters/engine/workerEngine";
import type { EngineMethods } from "./protocol/engine";
import { createRpcServer, type RpcMessage } from "./protocol/rpc";

if (!parentPort) throw new Error("the engine runs in a worker thread");
const port = parentPort;
const secrets = createSecretsClient((question) => port.postMessage(question));
const engine = createEngine(workerData as EngineWorkerData, {
  connecting: (target, purpose) =>
    port.postMessage({ type: "connecting", target, purpose } satisfies ConnectingMessage),
  secrets: (origin) => secrets.of(origin),
});

const server = createRpcServer<EngineMethods>(
  {
    index: (params, emit, signal) => engine.index(params, emit, signal),
    search: (params, _emit, signal) => engine.search(params, signal),
    answer: (params, emit, signal) => engine.answer(params, emit, signal),
    sets: (params, _emit, signal) => engine.sets(params, signal),
    activity: (params, _emit, signal) => engine.activity(params, signal),
    diagnose: (params, _emit, signal) => engine.diagnose(params, signal),
    removeSet: (params, _emit, signal) => engine.removeSet(params, signal),
    openPassage: (params, _emit, signal) => engine.openPassage(params, signal),
    changes: (params, _emit, signal) => engine.changes(params, signal),
    projectFacts: (params, _emit, signal) => engine.projectFacts(params, signal),
    check: (params, emit, signal) => engine.check(params, emit, signal),
    sample: (params, _emit, signal) => engine.sample(params, signal),
    property: (params, _emit, signal) => engine.property(params, signal),
    calibrateTasks: (params, emit, signal) => engine.calibrateTasks(params, emit, signal),
    label: (params, _emit, signal) => engine.label(params, signal),
    labels: (params, _emit, signal) => engine.labels(params, signal),
    correctLabel: (params, _emit, signal) => engine.correctLabel(params, signal),
    calibrateLabels: (params, _emit, signal) => engine.calibrateLabels(params, signal),
    pageLinks: (params, _emit, signal) => engine.pageLinks(params, signal),
    server: (params, _emit, signal) => engine.server(params, signal),
    pullModel: (params, emit, signal) => engine.pullModel(params, emit, signal),
    doctor: (params, _emit, signal) => engine.doctor(params, signal),
  },
  (message) => port.postMessage(message),
);
port.on("message", (message: RpcMessage | SecretsReply) => {
  if (message.type === "secrets") secrets.receive(message);
  else server.receive(message);
});
