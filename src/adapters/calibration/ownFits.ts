import { join } from "node:path";
import type { ReaskKind } from "../../core/reask/question";

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
