import type { ProgressResponse } from "ollama";
import { FailureError } from "../../core/failure";
import type { PullProgress } from "../../core/models/model";
import { callOllama, ollamaError, type CallProps } from "./calls";

/** Pulls a model. Ollama reports most failures as a line of a successful reply; each becomes `pull-failed`. */
export async function pull(
  request: { readonly model: string; readonly insecure?: boolean },
  props: CallProps,
  onProgress: (progress: PullProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const sum = createSum();
  const stream = await callOllama(
    props,
    (client) =>
      client.pull({ model: request.model, stream: true, ...(request.insecure && { insecure: true }) }),
    signal,
  ).catch((error: unknown) => {
    throw asPullFailure(error, request.model);
  });
  try {
    for await (const line of stream) onProgress(sum(line));
  } catch (error) {
    throw asPullFailure(await ollamaError(error, props, signal), request.model);
  }
}

/** Progress over all layers of the model: Ollama tells of each layer by itself. */
function createSum(): (line: ProgressResponse) => PullProgress {
  const layers = new Map<string, { readonly completed: number; readonly total: number }>();
  return ({ status, digest, completed, total }) => {
    if (digest && total) layers.set(digest, { completed: completed || 0, total });
    if (layers.size === 0) return { status };
    let completedBytes = 0;
    let totalBytes = 0;
    for (const layer of layers.values()) {
      completedBytes += layer.completed;
      totalBytes += layer.total;
    }
    return { status, completedBytes, totalBytes };
  };
}

function asPullFailure(error: unknown, model: string): unknown {
  if (error instanceof FailureError && error.failure.kind === "ollama-error") {
    return new FailureError({ kind: "pull-failed", model, cause: error.failure.cause });
  }
  return error;
}
