// npm run shots: pictures of every state of the editor's interface, in four themes, into test/shots/gallery, with one page that shows them
// all. Further words choose files of test/gallery by a part of their names.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "./shared/repositoryRoot.mjs";
import { runMain } from "./shared/runCommand.mjs";
import { duration, say } from "./shared/say.mjs";
import { preflight } from "./tools/preflight.mjs";

const FOLDER = path.join(repositoryRoot, "test", "shots", "gallery");

await runMain(async () => {
  const started = Date.now();
  const filters = process.argv.slice(2);
  if (!(await preflight({ chromium: true }))) return 2;
  const { provideDependencies } = await import("./tools/dependencies.mjs");
  await provideDependencies();
  const { canRunBrowserEditor, installBrowserEditor } = await import("./tools/browserEditor.mjs");
  if (!canRunBrowserEditor()) {
    say("the pictures are taken in the browser editor, which there is on Linux only");
    return 2;
  }
  const { build } = await import("./build.mjs");
  await build({ ifStale: true });
  const { provideChromium } = await import("./tools/chromium.mjs");
  const { runVitest } = await import("./rings/vitestRing.mjs");
  await provideChromium();
  await installBrowserEditor();
  if (filters.length === 0) rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const { failed } = await runVitest("shots", {}, filters);
  const pictures = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith(".png")) : [];
  writeFileSync(path.join(FOLDER, "index.html"), pageOf(pictures.sort()));
  say(`${pictures.length} pictures in ${duration(Date.now() - started)}: ${FOLDER}`);
  return failed === 0 ? 0 : 1;
});

/** @param {readonly string[]} pictures */
function pageOf(pictures) {
  const states = [...new Set(pictures.map((name) => name.split(".")[0] ?? name))];
  const sections = states.map((state) => {
    const own = pictures.filter((name) => name.split(".")[0] === state);
    const images = own.map((name) => `<a href="${name}"><img src="${name}" alt="${name}" width="690"></a>`);
    return `<h2>${state}</h2>\n${images.join("\n")}`;
  });
  return `<!doctype html>\n<meta charset="utf-8">\n<title>Docwright: every state</title>\n${sections.join("\n")}\n`;
}
