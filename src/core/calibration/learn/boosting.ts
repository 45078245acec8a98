/**
 * Gradient-boosted trees for two classes: Newton steps on the logistic loss over binned attributes, with shrinkage, random columns
 * and rows (Friedman, "Greedy function approximation: a gradient boosting machine", 2001, and "Stochastic gradient boosting", 2002; the
 * gain and the leaf values with an L2 penalty as in Chen and Guestrin, "XGBoost", 2016, equations 5 and 7).
 */
import { logOddsOf, probabilityOf } from "./logOdds";
import { createRandom } from "./random";

export interface BoostingOptions {
  readonly rounds: number;
  /** Levels of splits; a tree has 2^depth leaves. */
  readonly depth: number;
  /** Shrinkage of each tree. */
  readonly rate: number;
  /** L2 penalty on leaf values, in units of the second derivative. */
  readonly penalty: number;
  /** Least weight of cases in a leaf. */
  readonly leastLeaf: number;
  /** Share of the attributes that a tree may look at. */
  readonly columns: number;
  /** Share of the cases that a tree is grown on. */
  readonly cases: number;
  readonly seed: number;
}

/**
 * A complete binary tree in level order: inner node `i` sends a row left when its `attributes[i]`th value is at most `thresholds[i]`; a
 * node that was not split has attribute -1 and sends everything left.
 */
export interface Tree {
  readonly attributes: readonly number[];
  readonly thresholds: readonly number[];
  readonly values: readonly number[];
}

export interface BoostedTrees {
  /** Log-odds before any tree. */
  readonly start: number;
  readonly trees: readonly Tree[];
}

/** Attributes are cut into at most this many bins, at quantiles. */
const mostBins = 48;

export function fitBoosting(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  weights: readonly number[],
  options: BoostingOptions,
): BoostedTrees {
  const width = rows[0]?.length ?? 0;
  const binned = Array.from({ length: width }, (_, column) =>
    binColumn(
      column,
      rows.map((row) => row[column] ?? 0),
    ),
  );
  const total = sum(weights);
  const start = logOddsOf(sum(labels.map((label, index) => label * (weights[index] ?? 0))) / total);
  const logOdds = new Float64Array(rows.length).fill(start);
  const gradients = new Float64Array(rows.length);
  const curvatures = new Float64Array(rows.length);
  const weightOf = Float64Array.from(weights);
  const everyone = rows.map((_, index) => index);
  const random = createRandom(options.seed);
  const trees: Tree[] = [];
  for (let round = 0; round < options.rounds; round++) {
    for (let index = 0; index < rows.length; index++) {
      const probability = probabilityOf(logOdds[index] ?? 0);
      const weight = weights[index] ?? 0;
      gradients[index] = weight * ((labels[index] ?? 0) - probability);
      curvatures[index] = weight * Math.max(1e-6, probability * (1 - probability));
    }
    const sample = Uint32Array.from(everyone.filter(() => random() < options.cases));
    const columns = binned.filter(() => random() < options.columns);
    const grown = growTree({ columns, sample, gradients, curvatures, weights: weightOf }, options);
    trees.push(grown.tree);
    for (let index = 0; index < rows.length; index++)
      logOdds[index] = (logOdds[index] ?? 0) + (grown.tree.values[grown.leaves[index] ?? 0] ?? 0);
  }
  return { start, trees };
}

/** Log-odds of label 1. */
export function boostedLogOdds({ start, trees }: BoostedTrees, row: readonly number[]): number {
  let logOdds = start;
  for (const { attributes, thresholds, values } of trees) {
    let node = 0;
    while (node < attributes.length) {
      const attribute = attributes[node] ?? -1;
      const goesLeft = attribute < 0 || (row[attribute] ?? 0) <= (thresholds[node] ?? 0);
      node = 2 * node + (goesLeft ? 1 : 2);
    }
    logOdds += values[node - attributes.length] ?? 0;
  }
  return logOdds;
}

interface Column {
  readonly column: number;
  readonly bins: Uint8Array;
  /** `edges[b]` is the largest value that belongs to bin `b`, for all bins but the last. */
  readonly edges: readonly number[];
}

function binColumn(column: number, values: readonly number[]): Column {
  const sorted = Float64Array.from(values).sort();
  const distinct = sorted.filter((value, index) => value !== sorted[index - 1]);
  const edges =
    distinct.length <= mostBins
      ? Array.from(distinct.subarray(1), (value, index) => ((distinct[index] ?? 0) + value) / 2)
      : quantileEdges(sorted);
  return { column, bins: Uint8Array.from(values, (value) => binOf(value, edges)), edges };
}

function quantileEdges(sorted: Float64Array): number[] {
  const edges: number[] = [];
  for (let bin = 1; bin < mostBins; bin++) {
    const at = Math.floor((bin * sorted.length) / mostBins);
    const below = sorted[at - 1];
    const above = sorted[at];
    if (below === undefined || above === undefined || below === above) continue;
    const edge = (below + above) / 2;
    if (edge > (edges.at(-1) ?? -Infinity)) edges.push(edge);
  }
  return edges;
}

function binOf(value: number, edges: readonly number[]): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (edges[middle] ?? Infinity)) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Growth {
  readonly columns: readonly Column[];
  readonly sample: Uint32Array;
  readonly gradients: Float64Array;
  readonly curvatures: Float64Array;
  readonly weights: Float64Array;
}

function growTree(
  growth: Growth,
  options: BoostingOptions,
): { readonly tree: Tree; readonly leaves: Uint16Array } {
  const inner = 2 ** options.depth - 1;
  const attributes = new Array<number>(inner).fill(-1);
  const thresholds = new Array<number>(inner).fill(0);
  const places = new Uint16Array(growth.gradients.length);
  for (let level = 0, first = 0; level < options.depth; level++, first = 2 * first + 1) {
    const splits = bestSplits(growth, places, first, 2 ** level, options);
    splits.forEach((split, offset) => {
      if (!split) return;
      attributes[first + offset] = split.column.column;
      thresholds[first + offset] = split.column.edges[split.bin] ?? 0;
    });
    for (let index = 0; index < places.length; index++) {
      const place = places[index] ?? 0;
      const split = splits[place - first];
      const bin = split?.column.bins[index] ?? 0;
      places[index] = 2 * place + (!split || bin <= split.bin ? 1 : 2);
    }
  }
  for (let index = 0; index < places.length; index++) places[index] = (places[index] ?? 0) - inner;
  const gradient = new Float64Array(inner + 1);
  const curvature = new Float64Array(inner + 1);
  for (const index of growth.sample) {
    const leaf = places[index] ?? 0;
    gradient[leaf] = (gradient[leaf] ?? 0) + (growth.gradients[index] ?? 0);
    curvature[leaf] = (curvature[leaf] ?? 0) + (growth.curvatures[index] ?? 0);
  }
  const values = Array.from(
    gradient,
    (value, leaf) => (options.rate * value) / ((curvature[leaf] ?? 0) + options.penalty),
  );
  return { tree: { attributes, thresholds, values }, leaves: places };
}

interface Split {
  readonly column: Column;
  /** The last bin that goes left. */
  readonly bin: number;
}

function bestSplits(
  { columns, sample, gradients, curvatures, weights }: Growth,
  places: Uint16Array,
  first: number,
  nodes: number,
  { penalty, leastLeaf }: BoostingOptions,
): readonly (Split | undefined)[] {
  const best = new Array<Split | undefined>(nodes).fill(undefined);
  const gains = new Float64Array(nodes).fill(1e-9);
  const gradient = new Float64Array(nodes * mostBins);
  const curvature = new Float64Array(nodes * mostBins);
  const weight = new Float64Array(nodes * mostBins);
  for (const column of columns) {
    const { bins, edges } = column;
    gradient.fill(0);
    curvature.fill(0);
    weight.fill(0);
    for (const index of sample) {
      const cell = ((places[index] ?? 0) - first) * mostBins + (bins[index] ?? 0);
      gradient[cell] = (gradient[cell] ?? 0) + (gradients[index] ?? 0);
      curvature[cell] = (curvature[cell] ?? 0) + (curvatures[index] ?? 0);
      weight[cell] = (weight[cell] ?? 0) + (weights[index] ?? 0);
    }
    for (let node = 0; node < nodes; node++) {
      const cells = node * mostBins;
      const end = cells + edges.length + 1;
      const all = [
        sumOf(gradient, cells, end),
        sumOf(curvature, cells, end),
        sumOf(weight, cells, end),
      ] as const;
      let [left, leftCurvature, leftWeight] = [0, 0, 0];
      for (let bin = 0; bin < edges.length; bin++) {
        left += gradient[cells + bin] ?? 0;
        leftCurvature += curvature[cells + bin] ?? 0;
        leftWeight += weight[cells + bin] ?? 0;
        if (leftWeight < leastLeaf) continue;
        if (all[2] - leftWeight < leastLeaf) break;
        const right = all[0] - left;
        const gain =
          (left * left) / (leftCurvature + penalty) +
          (right * right) / (all[1] - leftCurvature + penalty) -
          (all[0] * all[0]) / (all[1] + penalty);
        if (gain <= (gains[node] ?? 0)) continue;
        gains[node] = gain;
        best[node] = { column, bin };
      }
    }
  }
  return best;
}

function sumOf(values: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let index = from; index < to; index++) total += values[index] ?? 0;
  return total;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
