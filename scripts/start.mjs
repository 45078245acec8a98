// npm start: from a fresh clone to two answers in the terminal and the extension in an editor. `npm start -- --once` ends after the answers.
import { runMain } from "./shared/runCommand.mjs";
import { say } from "./shared/say.mjs";
import { confirmAtTerminal, isInteractive } from "./shared/terminal.mjs";
import { preflight } from "./tools/preflight.mjs";

const flags = process.argv.slice(2);

await runMain(async () => {
  const unknown = flags.filter((flag) => flag !== "--once");
  if (unknown.length > 0) {
    say(`npm start knows no ${unknown.join(" ")}; it takes --once, or nothing`);
    return 2;
  }
  return start();
});

async function start() {
  const { planOllama, provideServer } = await import("./tools/ollama.mjs");
  const { smallestModel } = await import("./tools/ladder.mjs");
  const { wheelFolder } = await import("./tools/modelFile.mjs");
  const plan = await planOllama({ useRunning: true });
  const needsWheel = !isInteractive() && plan.kind !== "running";
  const isReady = await preflight({
    ollama: plan,
    ...(needsWheel ? { wheelFolder: wheelFolder(smallestModel()) } : {}),
  });
  if (!isReady) return 2;

  const { provideDependencies } = await import("./tools/dependencies.mjs");
  await provideDependencies();
  const { build } = await import("./build.mjs");
  await build({ ifStale: true });

  const server = await provideServer(plan);
  const { provideModel } = await import("./tools/models.mjs");
  const { model, reason } = await provideModel({
    url: server.url,
    confirm: isInteractive() ? confirmAtTerminal : undefined,
  });
  say(`the model is ${model}: ${reason}`);

  const { showTwoAnswers } = await import("./start/twoAnswers.mjs");
  await showTwoAnswers({ host: server.url, model });
  if (flags.includes("--once")) return 0;
  const { openEditor } = await import("./start/openEditor.mjs");
  await openEditor({ host: server.url, model });
  return 0;
}
