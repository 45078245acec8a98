// A thread that does nothing but run ONNX Runtime's WebAssembly build on the texts it is given: what our pool is compared with.
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { Tokenizer } from "@huggingface/tokenizers";
import { env, InferenceSession, Tensor } from "onnxruntime-web";

const { modelFolder, runtimeFolder } = workerData;
const runtime = path.join(runtimeFolder, "ort-wasm-simd-threaded");
env.wasm.wasmPaths = {
  wasm: pathToFileURL(`${runtime}.wasm`).href,
  mjs: pathToFileURL(`${runtime}.mjs`).href,
};
env.wasm.wasmBinary = readFileSync(`${runtime}.wasm`);
env.wasm.numThreads = 1;
env.logLevel = "error";
const session = await InferenceSession.create(readFileSync(path.join(modelFolder, "model.onnx")), {
  executionProviders: ["wasm"],
});
const description = JSON.parse(readFileSync(path.join(modelFolder, "tokenizer.json"), "utf8"));
const tokenizer = new Tokenizer({ ...description, padding: null, truncation: null }, {});

parentPort?.on("message", async (texts) => {
  for (const text of texts) {
    const ids = tokenizer.encode(text).ids.slice(0, 512);
    /** @param {(id: number) => number} value */
    const tensor = (value) =>
      new Tensor(
        "int64",
        BigInt64Array.from(ids, (id) => BigInt(value(id))),
        [1, ids.length],
      );
    await session.run({
      input_ids: tensor((id) => id),
      attention_mask: tensor(() => 1),
      token_type_ids: tensor(() => 0),
    });
  }
  parentPort?.postMessage("done");
});
parentPort?.postMessage("ready");
