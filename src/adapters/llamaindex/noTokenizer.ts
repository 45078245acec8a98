/**
 * Takes the place of `@llamaindex/env/tokenizers` at bundling. LlamaIndex makes its default tokenizer while it loads; that one brings 5 MB of
 * tables for OpenAI's models. Our prompts are measured by `core/prompt`, so the stand-in only has to exist.
 */
const unavailable = () => {
  throw new Error("LlamaIndex's own tokenizer is not part of the package");
};

export const Tokenizers = {} as const;

export const tokenizers = {
  tokenizer: () => ({ encode: unavailable, decode: unavailable }),
};
