import type { Embedder } from "../../core/embedder";
import type { DoctorCheck } from "../../core/engine";

const question = "How do I change the port of the web server?";
const related = "The HTTP port that the embedded web server listens on is set with server.port.";
const unrelated = "Bananas ripen faster in a paper bag because it holds their gas.";

/** Vectors have the model's length and the norm 1, and meaning decides which are near. */
export async function checkEmbedding(
  embedder: Embedder,
  signal: AbortSignal,
): Promise<Omit<DoctorCheck, "name">> {
  const { model, dimensions } = embedder.identity;
  const started = performance.now();
  const asked = await embedder.embedQuery(question, signal);
  const [near, far] = await embedder.embedDocuments([related, unrelated], signal);
  const remedy = "Install Docwright again (from a clone: `npm run build`).";
  if (!near || !far) return { state: "fail", detail: `${model} gave no vectors.`, remedy };
  const wrong = [asked, near, far].find(
    (vector) => vector.length !== dimensions || Math.abs(dot(vector, vector) - 1) > 1e-3,
  );
  if (wrong) {
    const detail = `${model} gave a vector of length ${wrong.length} and norm ${Math.sqrt(dot(wrong, wrong)).toFixed(3)}.`;
    return { state: "fail", detail, remedy };
  }
  const [toNear, toFar] = [dot(asked, near), dot(asked, far)];
  const figures = `a related text is at ${toNear.toFixed(2)}, an unrelated one at ${toFar.toFixed(2)}`;
  if (toNear - toFar < leastDistance) return { state: "fail", detail: `${model}: ${figures}.`, remedy };
  const time = Math.round(performance.now() - started);
  return { state: "pass", detail: `${model} works: ${figures} (${time} ms).` };
}

/** MiniLM puts the two pairs more than 0.4 apart; a broken model or tokenizer puts them together. */
const leastDistance = 0.2;

function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}
