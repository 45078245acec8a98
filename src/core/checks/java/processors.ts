/** Which annotation processors a compilation needs: those that make types or members, where the sources use them. */
import type { ModuleClasspath } from "../classpath";

const needless =
  /spring-boot-(?:configuration|autoconfigure)-processor|spring-context-indexer|log4j-core|log4j-plugin-processor/;

/** Processors whose annotations are known by their package; any other runs always. */
const only: readonly (readonly [RegExp, RegExp])[] = [
  [/[\\/]lombok-[\d.]+\w*\.jar$/, /\blombok\./],
  [/mapstruct-processor/, /\borg\.mapstruct\./],
  [/hibernate-jpamodelgen|hibernate-processor/, /\bpersistence\.(?:Entity|MappedSuperclass|Embeddable|\*)/],
];

/** What the compiler is given to run these processors with: what they bring along is on the path that the build names. */
export function processorPath(
  { processorJars, processorPath: path = [] }: Pick<ModuleClasspath, "processorJars" | "processorPath">,
  needed: readonly string[],
): readonly string[] {
  if (needed.length === 0) return [];
  return [...needed, ...path.filter((jar) => !processorJars.includes(jar))];
}

export function neededProcessors(jars: readonly string[], texts: readonly string[]): readonly string[] {
  return jars.filter((jar) => {
    const name = jar.slice(Math.max(jar.lastIndexOf("/"), jar.lastIndexOf("\\")));
    if (needless.test(name)) return false;
    const known = only.find(([pattern]) => pattern.test(name));
    return !known || texts.some((text) => known[1].test(text));
  });
}
