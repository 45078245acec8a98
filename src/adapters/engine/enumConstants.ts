/** The constants of the enums that the properties of a class path take, asked of the compiler once a class path. */
import type { CheckedFile } from "../../core/checks/check";
import { parseConfigurationMetadata } from "../../core/metadata/configurationMetadata";
import type { KnownClasspath } from "../classpath/classpathStore";
import type { JavaCompiler } from "../compiler/javaCompiler";
import type { Jdk } from "../compiler/jdk";
import { jarsFor } from "../../core/checks/classpath";

/** By binary name, nested types with `$`; what is no enum, or not known, is left out. */
export type EnumConstants = ReadonlyMap<string, readonly string[]>;

export interface EnumConstantsReader {
  of(classpath: KnownClasspath, jdk: Jdk, signal: AbortSignal): Promise<EnumConstants>;
}

export function createEnumConstants(compiler: Pick<JavaCompiler, "describe">): EnumConstantsReader {
  const kept = new WeakMap<KnownClasspath, EnumConstants>();
  return {
    async of(classpath, jdk, signal) {
      const known = kept.get(classpath);
      if (known) return known;
      const types = typesOf(classpath);
      const described = await compiler.describe(jdk, jarsFor(classpath, true), [...types.keys()], signal);
      const found = new Map(
        described.flatMap(({ name, constants }) => {
          const binary = types.get(name);
          return binary !== undefined && constants.length > 0 ? [[binary, constants] as const] : [];
        }),
      );
      // An answer without a type at all is no answer: the compiler had stopped.
      if (described.length > 0) kept.set(classpath, found);
      return found;
    },
  };
}

/** Whether files set properties to values. */
export function setsValues(files: readonly CheckedFile[]): boolean {
  return files.some(
    ({ language, text }) =>
      language === "properties" || language === "yaml" || /\bproperties\s*=|\.add\s*\(/.test(text),
  );
}

/** Types of properties that take one value, binary names by names with dots. */
function typesOf({ metadata }: KnownClasspath): ReadonlyMap<string, string> {
  const types = metadata.flatMap(
    ({ text }) => parseConfigurationMetadata(text)?.properties.flatMap(({ type }) => type ?? []) ?? [],
  );
  return new Map(
    types.filter((type) => /^[\w.$]+$/.test(type)).map((type) => [type.replaceAll("$", "."), type]),
  );
}
