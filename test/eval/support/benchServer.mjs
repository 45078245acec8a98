// A real server with a small model for a bench.

/** The server of the tests with the smallest model of the ladder, unless others are named. */
export async function benchServer() {
  const [host, named] = [process.env["DOCWRIGHT_BENCH_OLLAMA"], process.env["DOCWRIGHT_BENCH_MODEL"]];
  const { smallestModel } = await import("../../../scripts/tools/ladder.mjs");
  const small = smallestModel();
  if (host) return { host, model: named ?? small.name, stop: () => Promise.resolve() };
  const { planOllama, provideProgram } = await import("../../../scripts/tools/ollama.mjs");
  const { startServer } = await import("../../../scripts/tools/ollamaServer.mjs");
  const { stopProcess } = await import("../../../scripts/shared/processes.mjs");
  const { hasModel, installedModels } = await import("../../../scripts/tools/models.mjs");
  const { importModel } = await import("../../../scripts/tools/modelFile.mjs");
  const plan = await planOllama({ useRunning: false });
  if (plan.kind === "running") throw new Error("the bench starts a server of its own");
  const started = await startServer({ program: await provideProgram(plan), ownModels: true });
  if (!named && !hasModel(await installedModels(started.url), small.name))
    await importModel(started.url, small);
  return {
    host: started.url,
    model: named ?? small.name,
    stop: () => (started.process ? stopProcess(started.process) : Promise.resolve()),
  };
}
