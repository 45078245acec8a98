import { Ollama } from "ollama";
import type { Embedder, EmbeddingIdentity } from "../../core/embedder";
import { FailureError, isAbort } from "../../core/failure";
import { withoutSecrets, type SecretHeaders, type SecretsOf } from "../../core/models/serverSecrets";
import { ConnectionError, createFetch, secretsFor, StatusError } from "../ollama/transport";
import { toUnitVector } from "./unitVector";

export interface OllamaEmbedderProps {
  /** Address of the server, `http://127.0.0.1:11434`. */
  readonly host: string;
  /** A model of Ollama that embeds (`nomic-embed-text`). */
  readonly model: string;
  /** Told before each connection. */
  readonly connecting?: (url: URL) => void;
  /** Tokens and headers of servers; none when absent. */
  readonly secrets?: SecretsOf;
  /** How long a server may say nothing to a batch; the first one may have to load the model. */
  readonly patienceMilliseconds?: number;
}

/** What the cards of well-known models want before a question and before a passage; the model's name without its tag. */
const prefixes: Readonly<Record<string, { readonly query: string; readonly document: string }>> = {
  "nomic-embed-text": { query: "search_query: ", document: "search_document: " },
  "mxbai-embed-large": {
    query: "Represent this sentence for searching relevant passages: ",
    document: "",
  },
  "snowflake-arctic-embed": {
    query: "Represent this sentence for searching relevant passages: ",
    document: "",
  },
};

/** Texts in one request: a cancelled run loses at most these. */
const batchSize = 16;

/** Embeds with a model in Ollama, by its `/api/embed`. The vector space is asked of the server once, by embedding a word. */
export async function createOllamaEmbedder(
  { host, model, connecting, secrets, patienceMilliseconds = 120_000 }: OllamaEmbedderProps,
  signal: AbortSignal,
): Promise<Embedder> {
  const transport = {
    connectMilliseconds: Math.min(10_000, patienceMilliseconds),
    firstByteMilliseconds: patienceMilliseconds,
    silenceMilliseconds: patienceMilliseconds,
    ...(connecting && { connecting }),
    ...(secrets && { secrets }),
  };
  const embed = async (input: string[], abort: AbortSignal): Promise<Float32Array[]> => {
    abort.throwIfAborted();
    // A client of its own for each request: aborting one must not touch another.
    const client = new Ollama({
      host,
      fetch: createFetch(transport, abort),
    });
    try {
      const { embeddings } = await client.embed({ model, input, truncate: true });
      if (embeddings.length !== input.length) {
        throw new FailureError({
          kind: "embedder-failed",
          cause: `${model} gave ${embeddings.length} vectors for ${input.length} texts`,
        });
      }
      return embeddings.map((vector) => toUnitVector(Float32Array.from(vector)));
    } catch (error) {
      abort.throwIfAborted();
      if (error instanceof FailureError || isAbort(error)) throw error;
      throw failureOfOllama(error, { host, model }, await secretsFor(host, transport));
    }
  };

  const [probe] = await embed(["dimensions"], signal);
  const prefix = prefixes[model.split(":")[0] ?? model];
  const identity: EmbeddingIdentity = {
    model: `ollama/${model}`,
    dimensions: probe?.length ?? 0,
    queryPrefix: prefix?.query ?? "",
    documentPrefix: prefix?.document ?? "",
  };

  return {
    identity,
    async embedDocuments(texts, abort) {
      const vectors: Float32Array[] = [];
      for (let start = 0; start < texts.length; start += batchSize) {
        const batch = texts.slice(start, start + batchSize).map((text) => identity.documentPrefix + text);
        vectors.push(...(await embed(batch, abort)));
      }
      return vectors;
    },
    async embedQuery(text, abort) {
      const [vector] = await embed([identity.queryPrefix + text], abort);
      if (!vector) throw new FailureError({ kind: "embedder-failed", cause: `${model} gave no vector` });
      return vector;
    },
    close: () => Promise.resolve(),
  };
}

function failureOfOllama(
  error: unknown,
  { host, model }: Pick<OllamaEmbedderProps, "host" | "model">,
  secrets: SecretHeaders,
): FailureError {
  const message = withoutSecrets(error instanceof Error ? error.message : String(error), secrets);
  if (error instanceof ConnectionError)
    return new FailureError({ kind: "ollama-unreachable", host, cause: message });
  if (error instanceof StatusError && (error.status === 401 || error.status === 403)) {
    const { status, carriedSecret: sent } = error;
    return new FailureError({ kind: "server-unauthorised", host, status, sent });
  }
  if (error instanceof StatusError && error.status === 404)
    return new FailureError({ kind: "model-missing", host, model });
  return new FailureError({ kind: "embedder-failed", cause: `Ollama at ${host}: ${message}` });
}
