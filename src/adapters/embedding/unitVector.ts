import { FailureError } from "../../core/failure";

/** Below this length a vector says nothing about its text: its direction is rounding noise. */
const smallestNorm = 1e-6;

/** Scales a vector to length 1 in place and returns it. Throws `embedder-failed` for a zero vector and for anything that is no number. */
export function toUnitVector(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const norm = Math.sqrt(sum);
  if (!Number.isFinite(norm) || norm < smallestNorm) {
    throw new FailureError({
      kind: "embedder-failed",
      cause: `it returned a vector of length ${norm} for a text`,
    });
  }
  for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] ?? 0) / norm;
  return vector;
}
