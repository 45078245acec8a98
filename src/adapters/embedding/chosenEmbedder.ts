import { join } from "node:path";
import type { Embedder } from "../../core/embedder";
import { defaultEmbeddingModel, embeddingModels } from "./embeddingModels";
import type { OllamaEmbedderProps } from "./ollamaEmbedder";
import { createEmbeddingPool } from "./pool";

/** The embedder of a person's settings: the package's own model, or one in Ollama. */
export interface ChosenEmbedder {
  /** The same embedder each time; throws what making it throws, and tries again at the next call. */
  get(signal: AbortSignal): Promise<Embedder>;
  close(): Promise<void>;
}

export interface ChosenEmbedderProps {
  /** Root of the installed package. */
  readonly packageRoot: string;
  /** Absent: the model in the package. */
  readonly ollama?: OllamaEmbedderProps;
}

export function createChosenEmbedder({ packageRoot, ollama }: ChosenEmbedderProps): ChosenEmbedder {
  let made: Promise<Embedder> | undefined;

  const make = async (signal: AbortSignal): Promise<Embedder> => {
    if (ollama) {
      const { createOllamaEmbedder } = await import("./ollamaEmbedder");
      return createOllamaEmbedder(ollama, signal);
    }
    const dist = join(packageRoot, "dist");
    return createEmbeddingPool({
      workerPath: join(dist, "embedWorker.cjs"),
      model: defaultEmbeddingModel,
      modelFolder: join(dist, "models", embeddingModels[defaultEmbeddingModel].folder),
      runtimeFolder: join(dist, "ort"),
    });
  };

  return {
    async get(signal) {
      const current = (made ??= make(signal));
      try {
        return await current;
      } catch (error) {
        if (made === current) made = undefined;
        throw error;
      }
    },
    async close() {
      const current = made;
      made = undefined;
      await (await current?.catch(() => undefined))?.close();
    },
  };
}
