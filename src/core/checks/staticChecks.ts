import type { Check } from "./check";

/** Every check that needs no compiler, in the order in which they run. */
export const staticChecks: readonly Check[] = [];
