/**
 * Stands in, at bundling, for LlamaIndex's tokenizer, whose tables for OpenAI's models are 5 MB and count no model of ours. LlamaIndex asks for
 * one while it loads. What counts tokens for a prompt is not here: this one packs two characters into a token, about twice as many
 * as a model makes of English, so that nothing that trusts it grows too large.
 */
export const Tokenizers = { CL100K_BASE: "cl100k_base" } as const;

export const tokenizers = {
  tokenizer: () => ({
    encode(text: string): Uint32Array {
      const tokens = new Uint32Array(Math.ceil(text.length / 2));
      for (let index = 0; index < text.length; index++) {
        const unit = text.charCodeAt(index);
        tokens[index >> 1] = (tokens[index >> 1] ?? 0) | (index % 2 === 0 ? unit : unit << 16);
      }
      return tokens;
    },
    decode: (tokens: Uint32Array): string =>
      Array.from(tokens, (token) => {
        const second = token >>> 16;
        return String.fromCharCode(token & 0xffff) + (second === 0 ? "" : String.fromCharCode(second));
      }).join(""),
  }),
};
