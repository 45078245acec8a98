/**
 * Numbers in [0, 1) that are the same for the same seed: a fit must give the same model on every machine. Weyl sequence with a
 * multiplicative mix (the "Mulberry32" generator by Tommy Ettinger, public domain); not for secrets.
 */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
