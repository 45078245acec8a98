/**
 * Dot products of a vector with each row of a matrix: cosines, where all are unit vectors. Four rows are taken at once, which halves the time
 * without changing the order in which a row's products are added.
 * @param rows The matrix, row after row; its length is a multiple of the vector's.
 * @returns One value a row.
 */
export function dotProducts(rows: Float32Array, vector: ArrayLike<number>): Float64Array {
  const width = vector.length;
  const count = width === 0 ? 0 : Math.floor(rows.length / width);
  const factors = Float64Array.from(vector); // one type of array keeps the loop quick
  const products = new Float64Array(count);
  let row = 0;
  for (; row + 3 < count; row += 4) {
    const first = row * width;
    const [second, third, fourth] = [first + width, first + 2 * width, first + 3 * width];
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let at = 0; at < width; at++) {
      const value = factors[at] ?? 0;
      a += (rows[first + at] ?? 0) * value;
      b += (rows[second + at] ?? 0) * value;
      c += (rows[third + at] ?? 0) * value;
      d += (rows[fourth + at] ?? 0) * value;
    }
    products[row] = a;
    products[row + 1] = b;
    products[row + 2] = c;
    products[row + 3] = d;
  }
  for (; row < count; row++) {
    let sum = 0;
    for (let at = 0; at < width; at++) sum += (rows[row * width + at] ?? 0) * (factors[at] ?? 0);
    products[row] = sum;
  }
  return products;
}
