import type { DoctorCheck } from "../../core/engine";
import { failureOf } from "../../core/failure";
import { failureText } from "../../core/failureText";

/** Runs one check; what it throws becomes a failed check in words, so that one broken part hides no other. An abort ends the doctor. */
export async function checked(
  name: string,
  run: () => Promise<Omit<DoctorCheck, "name">>,
  signal: AbortSignal,
): Promise<DoctorCheck> {
  try {
    return { name, ...(await run()) };
  } catch (error) {
    signal.throwIfAborted();
    const { message, remedy } = failureText(failureOf(error));
    return { name, state: "fail", detail: message, remedy };
  }
}

export const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
