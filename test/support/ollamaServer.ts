/** A real Ollama with the small model, for tests: on a port of its own, never the developer's server. */
import { mkdirSync } from "node:fs";
import { planOllama, provideProgram } from "../../scripts/tools/ollama.mjs";
import { smallestModel } from "../../scripts/tools/ladder.mjs";
import { hasModel, installedModels } from "../../scripts/tools/models.mjs";
import { importModel } from "../../scripts/tools/modelFile.mjs";
import { startServer, stopServer, type OllamaServer } from "../../scripts/tools/ollamaServer.mjs";
import { freePort } from "../../scripts/shared/network.mjs";

/** The model that every test with a real Ollama uses. */
export const TEST_MODEL = smallestModel().name;

export interface TestOllama {
  readonly url: string;
  /** Ends the server in order. */
  readonly stop: () => Promise<void>;
  /** Ends the server and its model runner at once, as a crash or the kernel would. */
  readonly kill: () => Promise<void>;
  /** Starts it again at the same address. */
  readonly restart: () => Promise<void>;
}

/** The server that the test run has started, or one of its own where a file is run by itself. */
export async function sharedTestOllama(): Promise<Pick<TestOllama, "url" | "stop">> {
  const url = process.env["DOCWRIGHT_TEST_OLLAMA"];
  return url === undefined ? startTestOllama() : { url, stop: () => Promise.resolve() };
}

export interface TestOllamaOptions {
  /** A models folder of its own, for example an empty one; the shared one with the small model when absent. */
  readonly modelsFolder?: string;
  /** Whether the small model has to be there; true when absent. */
  readonly withModel?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

export async function startTestOllama(options: TestOllamaOptions = {}): Promise<TestOllama> {
  const plan = await planOllama({ useRunning: false });
  if (plan.kind === "running") throw new Error("the tests do not use a running server");
  const program = await provideProgram(plan);
  const port = await freePort();
  if (options.modelsFolder !== undefined) mkdirSync(options.modelsFolder, { recursive: true });
  const start = () =>
    startServer({
      program,
      ownModels: true,
      port,
      ...(options.modelsFolder === undefined ? {} : { modelsFolder: options.modelsFolder }),
      ...(options.env === undefined ? {} : { env: options.env }),
    });
  let server: OllamaServer = await start();
  if (options.withModel !== false && !hasModel(await installedModels(server.url), TEST_MODEL)) {
    await importModel(server.url, smallestModel());
  }
  return {
    url: server.url,
    stop: () => stopServer(server),
    kill: async () => {
      const child = server.process;
      if (child?.pid === undefined) return;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
      await gone;
    },
    restart: async () => {
      await stopServer(server);
      server = await start();
    },
  };
}
