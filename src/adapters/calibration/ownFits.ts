import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { attributeSetOfLength } from "../../core/calibration/attributes";
import { fitCalibration, type FitRequest } from "../../core/calibration/fit";
import type { LabelledCase } from "../../core/calibration/labelledCase";
import { reaskPromptVersion, type ReaskKind } from "../../core/reask/question";
import { writeFileAtomically } from "../store/atomicFile";

/** Below the default store: a person's own calibrations, one a file. */
export function ownFitsFolder(defaultStore: string): string {
  return join(defaultStore, "calibrations");
}

/** Where the calibration of a model's answers of a kind goes, and beside it the labelled cases of the tasks that it was made from. */
export function ownFitPaths(
  defaultStore: string,
  model: string,
  kind: ReaskKind,
  out: string | undefined,
): { readonly model: string; readonly cases: string } {
  const name = `${model.replace(/[^\w.-]+/g, "_")}-${kind}`;
  const path = out ?? join(ownFitsFolder(defaultStore), `${name}.json`);
  return { model: path, cases: path.replace(/(?:\.json)?$/, ".cases.jsonl") };
}

export interface OwnFit {
  /** All with the same attributes. */
  readonly cases: readonly LabelledCase[];
  readonly model: string;
  readonly quantisation: string;
  readonly kind: ReaskKind;
  /** Name of the model that embedded questions and answers; absent: there was none. */
  readonly embedder: string | undefined;
}

/** How a person's own calibration is fitted on answers that were asked about again. */
export function ownFit({ cases, model, quantisation, kind, embedder }: OwnFit): FitRequest {
  return {
    cases,
    attributes: attributeSetOfLength(cases[0]?.attributes.length ?? 0),
    fittedFor: {
      ...{ generator: model, quantisation, promptVersion: reaskPromptVersion, what: kind },
      ...(embedder !== undefined && { embedder }),
    },
    labels: ["wrong", "right"],
  };
}

/**
 * Fits and writes it.
 * @returns Why there are too few cases for a calibration; `undefined` when it is written.
 */
export async function writeOwnFit(
  path: string,
  fit: FitRequest,
  signal: AbortSignal,
): Promise<string | undefined> {
  const result = fitCalibration(fit);
  if (result.kind === "refused") return result.why;
  signal.throwIfAborted();
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomically(path, `${JSON.stringify(result.model)}\n`);
  return undefined;
}
