import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseCalibrationFile, type CalibrationModel } from "../../core/calibration/calibrationModel";
import type { Fits } from "../../core/reask/confidence";
import { ownFitsFolder } from "./ownFits";

/**
 * All calibrations, read anew when asked: a person may have put one there meanwhile. A file that is none is passed over; `docwright predict`
 * says what is wrong with it.
 */
export async function readFits(
  { packageRoot, defaultStore }: { readonly packageRoot: string; readonly defaultStore: string },
  signal: AbortSignal,
): Promise<Fits> {
  const folder = ownFitsFolder(defaultStore);
  const names = await readdir(folder).catch(() => []);
  const own = await Promise.all(
    names.filter((name) => name.endsWith(".json")).map((name) => read(join(folder, name), signal)),
  );
  const shipped = await read(join(packageRoot, "docs-index", "calibration.json"), signal);
  signal.throwIfAborted();
  return { own: own.flat(), shipped };
}

async function read(path: string, signal: AbortSignal): Promise<readonly CalibrationModel[]> {
  const file = parseCalibrationFile(await readFile(path, { encoding: "utf8", signal }).catch(() => ""));
  return "fits" in file ? file.fits : [];
}
