import type { ScopedJar } from "../checks/classpath";
import type { Dependency } from "./resolveDependencies";

type Scope = Dependency["scope"];

const scopes: readonly string[] = ["compile", "provided", "runtime", "test"] satisfies readonly Scope[];
const isScope = (text: string): text is Scope => scopes.includes(text);

/**
 * What `dependency:list` with `outputAbsoluteArtifactFilename` writes, a line each: `group:artifact:type[:classifier]:version:scope:path`,
 * perhaps with the module's name and "(optional)" after it.
 */
export function parseDependencyList(text: string): readonly ScopedJar[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const plain = line
      .replace(/ -- module .*$/, "")
      .replace(/\s*\(optional\)\s*$/, "")
      .trim();
    const parts = plain.split(":");
    const at = parts.findIndex((part, index) => index >= 4 && isScope(part));
    const scope = parts[at];
    const [group, artifact] = parts;
    const path = parts.slice(at + 1).join(":");
    const version = parts[at - 1];
    if (scope === undefined || !isScope(scope) || !group || !artifact || !version || !path.endsWith(".jar"))
      return [];
    return [{ path, group, artifact, version, scope }];
  });
}
