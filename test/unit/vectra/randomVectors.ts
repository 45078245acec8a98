/** Unit vectors that are the same in every run: sines of growing numbers are spread well enough to be told apart. */
export function unitVectors(count: number, dimensions: number, seed = 1): Float32Array[] {
  return Array.from({ length: count }, (_, item) => {
    const vector = Float32Array.from({ length: dimensions }, (_unused, index) =>
      Math.sin((seed * 7919 + item * dimensions + index) * 12.9898),
    );
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    return vector.map((value) => value / norm);
  });
}
