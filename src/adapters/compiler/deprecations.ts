/** What the authors of deprecated members say to use instead: read from the sources of the jars, where these are on this machine. */
import type { JavaDiagnostic } from "../../core/checks/java/compileJob";
import { deprecationAdvice } from "../../core/checks/java/javadocAdvice";
import type { ModuleClasspath } from "../../core/checks/classpath";
import { withArchive } from "../jars/archive";

export interface Deprecations {
  /** Sentences by diagnostic; those nothing is known of are left out. */
  of(
    diagnostics: readonly JavaDiagnostic[],
    classpath: Pick<ModuleClasspath, "jars">,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<JavaDiagnostic, string>>;
}

export function createDeprecations(): Deprecations {
  /** By type: the text of its source, or undefined where no sources jar has it. */
  const sources = new Map<string, string | undefined>();
  const sourceOf = async (owner: string, jars: ModuleClasspath["jars"], signal: AbortSignal) => {
    if (sources.has(owner)) return sources.get(owner);
    const entry = `${outermost(owner).replaceAll(".", "/")}.java`;
    let text: string | undefined;
    for (const { path, group = "" } of jars) {
      // The sources of a jar of the same group: others cannot declare the type.
      if (text !== undefined || !sharesRoot(owner, group)) continue;
      text = await withArchive(
        path.replace(/\.jar$/, "-sources.jar"),
        async (archive) =>
          archive.entries.some(({ name }) => name === entry)
            ? new TextDecoder().decode(await archive.read(entry, signal))
            : undefined,
        signal,
      ).catch(() => undefined);
    }
    signal.throwIfAborted();
    sources.set(owner, text);
    return text;
  };
  return {
    async of(diagnostics, { jars }, signal) {
      const found = new Map<JavaDiagnostic, string>();
      for (const diagnostic of diagnostics) {
        if (diagnostic.owner === "") continue;
        const text = await sourceOf(diagnostic.owner, jars, signal);
        const advice = text === undefined ? undefined : deprecationAdvice(text, diagnostic);
        if (advice !== undefined) found.set(diagnostic, advice);
      }
      return found;
    },
  };
}

const outermost = (owner: string) => /^(?:[a-z_]\w*\.)*[A-Z]\w*/.exec(owner)?.[0] ?? owner;

const sharesRoot = (owner: string, group: string) =>
  owner.split(".").slice(0, 2).join(".") === group.split(".").slice(0, 2).join(".");
