/** Composition root of the command line: arguments → engine (in its worker) → standard output. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultStoreFolder } from "../adapters/engine/paths";
import { createWorkerEngine } from "../adapters/engine/workerEngine";
import { createObtain } from "../adapters/web/obtain";
import type { Fetch } from "../adapters/web/request";
import { failureOf, isAbort } from "../core/failure";
import { failureText } from "../core/failureText";
import type { SecretsOf } from "../core/models/serverSecrets";
import { parseInvocation } from "./arguments";
import type { ExitCode } from "./command";
import { commands } from "./commands";
import { host } from "./flags";
import { commandHelp, overallHelp } from "./help";
import { environmentSecrets } from "./serverSecrets";
import { createTerminal } from "./terminal";

/** The bundle stands in `dist`. */
const packageRoot = fileURLToPath(new URL("..", import.meta.url));

async function main(words: readonly string[], signal: AbortSignal): Promise<ExitCode> {
  const terminal = createTerminal({
    out: process.stdout,
    error: process.stderr,
    now: () => performance.now(),
  });
  const log = process.env["DOCWRIGHT_DEBUG"] ? (line: string) => terminal.say(line) : () => undefined;
  const defaultStore = defaultStoreFolder(process.env);
  let secrets: SecretsOf = () => Promise.resolve({});
  const engine = createWorkerEngine({
    workerPath: join(packageRoot, "dist", "worker.cjs"),
    workerData: () => ({ packageRoot, defaultStore }),
    log,
    secrets: (origin) => secrets(origin),
  });
  try {
    const invocation = parseInvocation(words, commands);
    switch (invocation.kind) {
      case "help": {
        const command = invocation.command === undefined ? undefined : commands[invocation.command];
        const help = command ? commandHelp(invocation.command ?? "", command) : overallHelp(commands);
        // Standard output carries what was asked for; nobody asked for help who named no command.
        if (words.length === 0) terminal.say(help.trimEnd());
        else terminal.answer(help);
        return words.length === 0 ? 2 : 0;
      }
      case "version":
        terminal.answer(`${packageVersion()}\n`);
        return 0;
      case "run": {
        const context = {
          engine,
          terminal,
          environment: process.env,
          obtain: createObtain({
            fetch: async (input, init) => (await commandLineFetch())(input, init),
            readLinks: (path, address, abort) => engine.pageLinks({ path, address }, abort),
            folder: () => join(defaultStore, "downloads"),
          }),
          directory: process.cwd(),
        };
        if ("host" in (commands[invocation.command]?.flags ?? {}))
          secrets = environmentSecrets(process.env, host(invocation.parsed, context));
        return (await commands[invocation.command]?.run(invocation.parsed, context, signal)) ?? 2;
      }
    }
  } catch (error) {
    if (isAbort(error)) {
      terminal.endProgress();
      return 130;
    }
    const { message, remedy } = failureText(failureOf(error));
    terminal.say(message);
    terminal.say(remedy);
    return 2;
  } finally {
    await engine.close();
  }
}

let fetchOfProcess: Fetch | undefined;

/** Its library takes a while to load, and most commands need no network. */
async function commandLineFetch(): Promise<Fetch> {
  const { createCommandLineFetch } = await import("../adapters/web/commandLineFetch");
  return (fetchOfProcess ??= createCommandLineFetch());
}

function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
  return manifest !== null && typeof manifest === "object" && "version" in manifest
    ? String(manifest.version)
    : "unknown";
}

/** The first Ctrl-C cancels; a second one ends at once, should cancelling hang. */
function cancelOnSignals(): AbortSignal {
  const controller = new AbortController();
  const cancel = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on("SIGINT", cancel);
  process.on("SIGTERM", cancel);
  return controller.signal;
}

// A reader that has seen enough (`docwright search … | head`) closes the pipe; that is no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));
void main(process.argv.slice(2), cancelOnSignals()).then((code) => {
  process.exitCode = code;
});
