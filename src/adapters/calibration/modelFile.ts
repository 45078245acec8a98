import { readFile } from "node:fs/promises";
import { parseCalibrationModel, type CalibrationModel } from "../../core/calibration/calibrationModel";
import { FailureError } from "../../core/failure";

/** Reads a calibration. Throws `not-found`, or `bad-argument` that says what is wrong with the file. */
export async function readModelFile(path: string, signal: AbortSignal): Promise<CalibrationModel> {
  const content = await readFile(path, { encoding: "utf8", signal }).catch(() => {
    signal.throwIfAborted();
    throw new FailureError({ kind: "not-found", path });
  });
  const model = parseCalibrationModel(content);
  if ("wrong" in model) {
    throw new FailureError({
      kind: "bad-argument",
      what: `${path} is no calibration (${model.wrong}); docwright calibrate makes one.`,
    });
  }
  return model;
}
