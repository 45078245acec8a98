/** Wires the engine's parts; each part is one file beside this one. */
import type { Engine } from "../../core/engine";
import { readFits } from "../calibration/fits";
import { createAnswering } from "./answering";
import { createCalibrating } from "./calibrating";
import { createChecking } from "./checking";
import { readActivity } from "../store/activity";
import { diagnose } from "./diagnostics";
import { createIndexing } from "./indexing";
import { findSample } from "./sampling";
import { createLabelling } from "./labelling";
import { createSearching } from "./searching";
import { createDoctor } from "./doctor";
import { createSets } from "./sets";
import { readProjectFacts } from "../project/projectFiles";
import { createOllamaServer } from "../ollama/server";
import type { SecretsOf } from "../../core/models/serverSecrets";
import type { EngineWorkerData } from "./workerEngine";
import { ollamaPurpose, type ConnectionLog } from "../../core/connections";

/** Who is connected to is decided by the settings of Maven or Gradle: repositories, mirrors, proxies. */
const buildTool = { target: "where Maven or Gradle is told to go", purpose: "what the project depends on" };

export interface EnginePorts {
  /** Told before each connection, with an address or with words; see {@link ConnectionLog.note}. */
  readonly connecting?: ConnectionLog["note"];
  /** Tokens and headers of servers of models; none when absent. */
  readonly secrets?: SecretsOf;
}

export function createEngine(
  data: EngineWorkerData,
  { connecting = () => undefined, secrets }: EnginePorts = {},
): Engine {
  const toOllama = (url: URL) => connecting(url.href, ollamaPurpose(url.pathname));
  const toRepositories = () => connecting(buildTool.target, buildTool.purpose);
  const toServer = { connecting: toOllama, ...(secrets && { secrets }) };
  const { ollamaEmbeddings } = data;
  const sets = createSets({
    ...data,
    ...(ollamaEmbeddings && { ollamaEmbeddings: { ...ollamaEmbeddings, ...toServer } }),
  });
  const indexing = createIndexing({ sets, ...data });
  const searching = createSearching({ sets, ...data });
  const ollama = createOllamaServer(toServer);
  const checking = createChecking({ ...data, connecting: toRepositories });
  const answering = createAnswering({
    searching,
    ollama,
    typesAtHand: (request, passages, signal) => checking.typesAtHand(request, passages, signal),
    reask: async (answer, signal) => {
      const [{ reask }, { answerFindings }] = await Promise.all([
        import("./reasking"),
        import("./answerFindings"),
      ]);
      return reask(
        {
          ollama,
          fits: (abort) => readFits(data, abort),
          findings: (given, abort) => answerFindings(checking, data.defaultStore, given, abort),
          embedder: (abort) => sets.embedder(abort),
        },
        answer,
        signal,
      );
    },
  });
  const calibrating = createCalibrating({
    ...{ answering, checking, ollama, ...data },
    embedder: (signal) =>
      sets.embedder(signal).then(
        ({ identity }) => identity.model,
        () => undefined,
      ),
  });
  const labelling = createLabelling({ ...data, fits: (signal) => readFits(data, signal) });
  const doctor = createDoctor({ sets, searching, ollama, ...data });
  return {
    index: (request, onProgress, signal) => {
      if (request.sources.some(({ fetch }) => fetch)) toRepositories();
      return indexing.index(request, onProgress, signal);
    },
    search: (request, signal) => searching.search(request, signal),
    answer: (request, onEvent, signal) => answering.answer(request, onEvent, signal),
    sets: (request, signal) => sets.list(request.store, signal),
    activity: ({ store = data.defaultStore }, signal) => {
      signal.throwIfAborted();
      return readActivity(store);
    },
    diagnose: (request, signal) =>
      diagnose({ list: (store, abort) => sets.list(store, abort), ...data }, request, signal),
    removeSet: (request, signal) => sets.remove(request.store, request.setId, signal),
    openPassage: (request, signal) => searching.openPassage(request, signal),
    changes: async (request, signal) =>
      (await import("./changes")).findChanges({ sets, searching, ...data }, request, signal),
    projectFacts: (request, signal) => readProjectFacts(request.path, signal),
    check: (request, onProgress, signal) => checking.check(request, onProgress, signal),
    sample: (request, signal) => findSample({ searching }, request, signal),
    property: (request, signal) => checking.property(request, signal),
    calibrateTasks: (request, onProgress, signal) => calibrating.calibrate(request, onProgress, signal),
    label: ({ label }, signal) => labelling.label(label, signal),
    labels: (_request, signal) => labelling.labels(signal),
    correctLabel: ({ id, label }, signal) => labelling.correct(id, label, signal),
    calibrateLabels: (request, signal) => labelling.calibrate(request, signal),
    pageLinks: async ({ path, address }, signal) =>
      (await import("../readers/html/pageLinks")).readPageLinks(path, address, signal),
    server: (request, signal) => ollama.status(request.host, signal),
    pullModel: (request, onProgress, signal) => ollama.pull(request, onProgress, signal),
    doctor: (request, signal) => doctor.check(request, signal),
  };
}
