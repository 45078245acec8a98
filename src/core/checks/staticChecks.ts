import type { Check } from "./check";
import { createPropertyCheck } from "./properties/checkProperties";
import propertyKnowledge from "./properties/knowledge.json";

/** Every check that needs no compiler, in the order in which they run. */
export const staticChecks: readonly Check[] = [createPropertyCheck(propertyKnowledge)];
