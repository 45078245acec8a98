import { z } from "zod";
import { attributeSet, type AttributeRow } from "./attributes";

const numbers = z.array(z.number());
const exemplar = z.object({
  id: z.string(),
  label: z.union([z.literal(0), z.literal(1)]),
  document: z.string(),
  attributes: z.array(z.number().nullable()),
  group: z.string(),
  info: z.string().optional(),
});

/** What a fit was made for; a probability means something only for answers that were made the same way. */
const fittedFor = z.object({
  /** The model that was asked again, "Mixtral-8x7B-Instruct-v0.1". */
  generator: z.string(),
  /** "MLX 4-bit", "Q4_K_M". */
  quantisation: z.string(),
  promptVersion: z.string(),
  /** What was judged: "statements", "code". */
  what: z.string(),
  /** The embedding model, when attributes come from one. */
  embedder: z.string().optional(),
});

const scheme = z.object({
  format: z.literal("docwright-calibration"),
  version: z.literal(1),
  fittedFor,
  /** Name of the attribute set. */
  attributes: z.string().refine((name) => attributeSet(name) !== undefined, "is no attribute set"),
  /** What labels 0 and 1 are called. */
  labels: z.tuple([z.string(), z.string()]),
  groups: z.array(z.object({ name: z.string(), cases: z.number(), ones: z.number() })).min(1),
  scale: z.object({ means: numbers, deviations: numbers }),
  /** Boosted trees, each grown without one group. */
  experts: z
    .array(
      z.object({
        start: z.number(),
        trees: z.array(z.object({ attributes: numbers, thresholds: numbers, values: numbers })),
      }),
    )
    .min(1),
  /** Each group's own Platt scale, fitted on what the experts that had not seen it said. */
  topics: z.array(z.object({ slope: z.number(), intercept: z.number() })).min(1),
  /** Calibrated scores of cases that their expert had not seen, for the interval. */
  bins: z.array(z.object({ score: z.number(), cases: z.number(), ones: z.number() })).min(1),
  support: z.object({ means: numbers, factor: z.array(numbers) }),
  /** Distances of cases to the fit of the other groups: percentiles 0, 5, …, 100, and the largest that counts as like what was seen. */
  distances: z.object({ percentiles: numbers, limit: z.number() }),
  prototypes: z.array(z.object({ center: numbers, cases: z.number(), ones: z.number() })),
  /** The labelled cases themselves; a model that is passed on has none. */
  exemplars: z.array(exemplar).optional(),
});

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** A fit, as its JSON file has it. */
export type CalibrationModel = DeepReadonly<z.infer<typeof scheme>>;
export type FittedFor = CalibrationModel["fittedFor"];
export type Exemplar = DeepReadonly<z.infer<typeof exemplar>>;

const file = z.union([
  scheme,
  z.object({ format: z.literal("docwright-calibrations"), fits: z.array(scheme).min(1) }),
]);

/** The fits in a file's text, one or several, or what is wrong with it. */
export function parseCalibrationFile(
  text: string,
): { readonly fits: readonly CalibrationModel[] } | { readonly wrong: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { wrong: "it is not JSON" };
  }
  const result = file.safeParse(parsed);
  if (result.success) return { fits: "fits" in result.data ? result.data.fits : [result.data] };
  const [issue] = result.error.issues;
  return { wrong: `${issue?.path.join(".") ?? ""} ${issue?.message ?? "unknown"}`.trim() };
}

/** The first fit whose attribute set the row is of. */
export function fitForRow(
  fits: readonly CalibrationModel[],
  row: AttributeRow,
): CalibrationModel | undefined {
  return fits.find(({ attributes }) => attributeSet(attributes)?.read(row) !== undefined);
}

/** The model without its cases: parameters only. */
export function withoutExemplars(model: CalibrationModel): CalibrationModel {
  const parameters: { -readonly [K in keyof CalibrationModel]: CalibrationModel[K] } = { ...model };
  delete parameters.exemplars;
  return parameters;
}
