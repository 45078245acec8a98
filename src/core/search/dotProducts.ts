/**
 * Dot products of a vector with each row of a matrix: cosines, where all are unit vectors. The rows lie in memory of their own, where four numbers
 * are multiplied by one instruction (dotKernel.wat): an eighth of the time of a loop.
 */
import { dotKernel } from "./dotKernel";

/** Rows of 32-bit floats, all as wide, one after the other. */
export interface VectorRows {
  /** The numbers, to be filled and read; zeros at first. */
  readonly values: Float32Array;
  /** One value a row. @param vector As wide as a row. */
  products(vector: ArrayLike<number>): Float64Array;
}

/** The memory of all rows made, so that who is given a row can find them. */
const rowsOnBuffer = new WeakMap<ArrayBufferLike, VectorRows>();

/** @returns Where the width is no multiple of sixteen, or the memory cannot be had, rows whose products are made number by number. */
export function createRows(count: number, width: number): VectorRows {
  const rows =
    (width > 0 && width % 16 === 0 ? kernelRows(count, width) : undefined) ?? plainRows(count, width);
  rowsOnBuffer.set(rows.values.buffer, rows);
  return rows;
}

/** The rows that a view on one of them belongs to. */
export function rowsOf(view: Float32Array): VectorRows | undefined {
  return rowsOnBuffer.get(view.buffer);
}

interface Kernel {
  dotProducts(vector: number, products: number, rows: number, end: number, width: number): void;
}

/** What is used of the global of that name; its types come with those of a browser only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: Kernel };
};

const pageSize = 65_536;
let kernel: object | undefined;

/** The memory holds the vector, the products, and the rows. */
function kernelRows(count: number, width: number): VectorRows | undefined {
  const products = width * 4;
  const rows = products + Math.ceil(count / 4) * 16; // on a boundary of 16 bytes
  const end = rows + count * width * 4;
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(end / pageSize) });
    kernel ??= new WebAssembly.Module(Uint8Array.from(atob(dotKernel), (char) => char.charCodeAt(0)));
    const { exports } = new WebAssembly.Instance(kernel, { rows: { memory } });
    const factors = new Float32Array(memory.buffer, 0, width);
    const results = new Float32Array(memory.buffer, products, count);
    return {
      values: new Float32Array(memory.buffer, rows, count * width),
      products(vector) {
        factors.set(vector);
        exports.dotProducts(0, products, rows, end, width * 4);
        return new Float64Array(results);
      },
    };
  } catch {
    // Four gigabytes are the most that such a memory has, and a system may grant less.
    return undefined;
  }
}

function plainRows(count: number, width: number): VectorRows {
  const values = new Float32Array(count * width);
  return {
    values,
    products(vector) {
      const products = new Float64Array(count);
      for (let row = 0; row < count; row++) {
        let sum = 0;
        for (let at = 0; at < width; at++) sum += (values[row * width + at] ?? 0) * (vector[at] ?? 0);
        products[row] = sum;
      }
      return products;
    },
  };
}
