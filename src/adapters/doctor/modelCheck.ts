import type { DoctorCheck } from "../../core/engine";
import { FailureError } from "../../core/failure";
import type { ServerStatus } from "../../core/models/model";
import { isSameModel } from "../../core/models/modelNames";
import { gigabytes } from "./check";

/** Is the model there, and does it fit the memory of the server's machine? */
export function checkModel(status: ServerStatus, model: string): Omit<DoctorCheck, "name"> {
  const { host, models, freeMemoryBytes, totalMemoryBytes } = status;
  const found = models.find((each) => isSameModel(each.name, model));
  if (!found) {
    throw new FailureError(
      models.length === 0 ? { kind: "no-model-chosen", host } : { kind: "model-missing", host, model },
    );
  }
  const size = [found.parameters, found.quantisation].filter((each) => each !== undefined).join(", ");
  const detail = `${found.name}${size ? ` (${size})` : ""} is there and needs about ${gigabytes(found.neededBytes)} of memory`;
  const window = found.contextTokens === undefined ? "" : `; its window holds ${found.contextTokens} tokens`;
  if (found.loaded || freeMemoryBytes === undefined || totalMemoryBytes === undefined) {
    return { state: "pass", detail: `${detail}${found.loaded ? ", and is loaded" : ""}${window}.` };
  }
  const memory = `${gigabytes(freeMemoryBytes)} of ${gigabytes(totalMemoryBytes)} are free`;
  if (found.neededBytes > totalMemoryBytes) {
    return { state: "fail", detail: `${detail}; ${memory}.`, remedy: "Choose a smaller model." };
  }
  if (found.neededBytes > freeMemoryBytes) {
    const remedy = "Close other programs or choose a smaller model; otherwise answers will be very slow.";
    return { state: "warn", detail: `${detail}; ${memory}.`, remedy };
  }
  return { state: "pass", detail: `${detail}; ${memory}${window}.` };
}
