import { readFile } from "node:fs/promises";
import { parseCalibrationFile, type CalibrationModel } from "../../core/calibration/calibrationModel";
import { FailureError } from "../../core/failure";

/** Reads a file of one or more calibrations. Throws `not-found`, or `bad-argument` that says what is wrong with the file. */
export async function readModelFile(path: string, signal: AbortSignal): Promise<readonly CalibrationModel[]> {
  const content = await readFile(path, { encoding: "utf8", signal }).catch(() => {
    signal.throwIfAborted();
    throw new FailureError({ kind: "not-found", path });
  });
  const model = parseCalibrationFile(content);
  if ("wrong" in model) {
    throw new FailureError({
      kind: "bad-argument",
      what: `${path} is no calibration (${model.wrong}); docwright calibrate makes one.`,
    });
  }
  return model.fits;
}
