import { createBuildFileCheck } from "./build/checkBuildFile";
import managed from "./build/managed.json";
import moved from "./build/moved.json";
import type { Check } from "./check";
import { createFactCheck } from "./facts/checkFacts";
import { readFacts, type Fact } from "./facts/fact";
import shipped from "./facts/facts.json";
import { junit4Check } from "./facts/junit4";
import { securityConfigurationCheck } from "./facts/securityConfiguration";
import { trailingSlashCheck } from "./facts/trailingSlash";
import { createPropertyCheck } from "./properties/checkProperties";
import propertyKnowledge from "./properties/knowledge.json";

/** Facts that the package brings along. */
export function shippedFacts(): readonly Fact[] {
  const read = readFacts(shipped);
  if ("problem" in read) throw new Error(`the shipped facts: ${read.problem}`);
  return read.facts;
}

/**
 * Every check that needs no compiler, in the order in which they run.
 * @param own Facts of the user's own file, beside those that are shipped.
 */
export function createStaticChecks(own: readonly Fact[] = []): readonly Check[] {
  return [
    createPropertyCheck(propertyKnowledge),
    createBuildFileCheck({ managed, moved }),
    createFactCheck([...shippedFacts(), ...own]),
    trailingSlashCheck,
    junit4Check,
    securityConfigurationCheck,
  ];
}

export const staticChecks: readonly Check[] = createStaticChecks();
