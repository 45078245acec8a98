/** Runs an embedding model with ONNX Runtime's WebAssembly build: one text at a time, on the calling thread. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Tokenizer } from "@huggingface/tokenizers";
import { env, InferenceSession, Tensor } from "onnxruntime-web";
import { FailureError } from "../../core/failure";
import type { EmbeddingModel, Pooling } from "./embeddingModels";
import { toUnitVector } from "./unitVector";

export interface OnnxModelProps {
  readonly model: EmbeddingModel;
  /** Folder with `model.onnx` and `tokenizer.json`. */
  readonly modelFolder: string;
  /** Folder with ONNX Runtime's `.wasm` and `.mjs`. */
  readonly runtimeFolder: string;
}

export interface OnnxModel {
  /** The unit vector of a text, without any prefix. Throws `embedder-failed`. */
  embed(text: string): Promise<Float32Array>;
}

/** Loads model and tokenizer (0.6 s, about 380 MB of memory). Throws `assets-missing` when a file is not there. */
export async function loadOnnxModel(props: OnnxModelProps): Promise<OnnxModel> {
  const { model, modelFolder, runtimeFolder } = props;
  const runtime = join(runtimeFolder, "ort-wasm-simd-threaded");
  const [wasm, weights, vocabulary] = await Promise.all([
    readAsset(`${runtime}.wasm`),
    readAsset(join(modelFolder, "model.onnx")),
    readAsset(join(modelFolder, "tokenizer.json")),
  ]);
  // File URLs: the default is to fetch beside the page, and there is no page here. One thread: parallelism comes from several workers.
  env.wasm.wasmPaths = {
    wasm: pathToFileURL(`${runtime}.wasm`).href,
    mjs: pathToFileURL(`${runtime}.mjs`).href,
  };
  env.wasm.wasmBinary = wasm;
  env.wasm.numThreads = 1;
  env.logLevel = "error";
  const session = await InferenceSession.create(weights, { executionProviders: ["wasm"] });
  const tokenizer = createTokenizer(vocabulary.toString("utf8"));

  const run = async (tokens: readonly number[]): Promise<Float32Array> => {
    const shape = [1, tokens.length];
    const tensor = (values: readonly number[]) =>
      new Tensor("int64", BigInt64Array.from(values, BigInt), shape);
    const output = await session.run({
      input_ids: tensor(tokens),
      attention_mask: tensor(tokens.map(() => 1)),
      token_type_ids: tensor(tokens.map(() => 0)),
    });
    const states = output["last_hidden_state"];
    if (!(states?.data instanceof Float32Array)) throw new Error("the model has no last_hidden_state");
    return pool(states.data, tokens.length, model.identity.dimensions, model.pooling);
  };

  return {
    async embed(text) {
      try {
        return toUnitVector(await run(cut(tokenizer.encode(text).ids, model.maximumTokens)));
      } catch (error) {
        if (error instanceof FailureError) throw error;
        throw new FailureError({
          kind: "embedder-failed",
          cause: error instanceof Error ? error.message : String(error),
        });
      }
    },
  };
}

/** MiniLM's tokenizer.json asks for padding to and truncation at 128 tokens; the model itself takes 512 and needs no padding. */
function createTokenizer(json: string): Tokenizer {
  const description = JSON.parse(json) as Record<string, unknown>;
  return new Tokenizer({ ...description, padding: null, truncation: null }, {});
}

/** Cuts in the middle of the text, not of the special tokens: the last token (`[SEP]`) stays last. */
function cut(tokens: readonly number[], maximum: number): readonly number[] {
  const last = tokens.at(-1);
  if (tokens.length <= maximum || last === undefined) return tokens;
  return [...tokens.slice(0, maximum - 1), last];
}

/** All tokens count: a batch of one has no padding to mask out. */
function pool(states: Float32Array, tokens: number, dimensions: number, pooling: Pooling): Float32Array {
  if (pooling === "first-token") return states.slice(0, dimensions);
  const sum = new Float64Array(dimensions);
  for (let token = 0; token < tokens; token++) {
    const offset = token * dimensions;
    for (let index = 0; index < dimensions; index++) {
      sum[index] = (sum[index] ?? 0) + (states[offset + index] ?? 0);
    }
  }
  return Float32Array.from(sum, (value) => value / tokens);
}

async function readAsset(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch {
    throw new FailureError({ kind: "assets-missing", path });
  }
}
