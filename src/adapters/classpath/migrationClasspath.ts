/** The class path that a project would have with another version of Spring Boot: its starters, and what is the project's own. */
import type { KnownClasspath } from "./classpathStore";

/** Groups that come with the version. */
const managedGroup = /^(?:org\.springframework|javax\.)/;
const managedType = /^(?:org\/springframework|javax)\//;

export function migrationClasspath(starters: KnownClasspath, own: KnownClasspath): KnownClasspath {
  const brought = new Set(starters.jars.map(({ artifact }) => artifact));
  const kept = own.jars.filter(
    ({ group = "", artifact }) => !managedGroup.test(group) && !brought.has(artifact),
  );
  const origins = new Set(
    kept.map(({ path }) => path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1)),
  );
  return {
    ...starters,
    source: `${starters.source}, beside the project's other dependencies`,
    complete: starters.complete && own.complete,
    mainComplete: starters.mainComplete && own.mainComplete,
    jars: [...starters.jars, ...kept],
    processorJars: own.processorPath
      ? own.processorJars
      : own.processorJars.filter((jar) => kept.some(({ path }) => path === jar)),
    ...(own.processorPath && { processorPath: own.processorPath }),
    generators: own.generators,
    modules: own.modules,
    missing: [...starters.missing, ...own.missing],
    types: [...new Set([...starters.types, ...own.types.filter((type) => !managedType.test(type))])],
    metadata: [...starters.metadata, ...own.metadata.filter(({ origin }) => origins.has(origin))],
  };
}
