/** Shape of a model as far as its memory depends on it; all from the model's own metadata. */
export interface ModelShape {
  readonly bytes: number;
  readonly layers?: number;
  readonly keyValueHeads?: number;
  /** Length of one head's vector. */
  readonly headLength?: number;
}

/** The window that memory is estimated for, in tokens: what a prompt with documents usually takes. */
export const usualContextTokens = 8_192;

const runnerBytes = 300e6;

/**
 * Memory in bytes that a model takes: its weights with a tenth for buffers, the runner itself, and two 16-bit vectors (key and value) a
 * token, layer and head of the window. Without the shape, an eighth of the weights stands for the window.
 */
export function neededMemory(shape: ModelShape, contextTokens = usualContextTokens): number {
  const { bytes, layers, keyValueHeads, headLength } = shape;
  const window =
    layers !== undefined && keyValueHeads !== undefined && headLength !== undefined
      ? layers * keyValueHeads * headLength * 2 * 2 * contextTokens
      : bytes / 8;
  return Math.round(bytes * 1.1 + window + runnerBytes);
}

/** Reads Ollama's "7.6B" or "134.52M" as a number of weights. */
export function parseParameters(text: string | undefined): number | undefined {
  const match = /^([\d.]+)\s*([KMBT])?$/i.exec(text?.trim() ?? "");
  if (!match) return undefined;
  const scale = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }[match[2]?.toUpperCase() ?? ""] ?? 1;
  const value = Number(match[1]) * scale;
  return Number.isFinite(value) ? value : undefined;
}
