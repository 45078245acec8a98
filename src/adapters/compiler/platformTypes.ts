/** Names of a JDK's own types: asked of the JDK once and kept in a file. */
import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../store/atomicFile";
import type { JavaCompiler } from "./javaCompiler";
import type { Jdk } from "./jdk";

export interface PlatformTypes {
  /** Binary names with slashes; the same array for the same JDK. */
  of(jdk: Jdk, signal: AbortSignal): Promise<readonly string[]>;
}

export function createPlatformTypes(props: {
  readonly compiler: Pick<JavaCompiler, "platformTypes">;
  readonly folder: string;
}): PlatformTypes {
  const known = new Map<string, readonly string[]>();
  return {
    async of(jdk, signal) {
      const found = known.get(jdk.home);
      if (found) return found;
      const hash = createHash("sha256").update(jdk.home).digest("hex").slice(0, 12);
      const path = join(props.folder, `jdk-${jdk.version}-${hash}.txt`);
      const kept = await readFile(path, { encoding: "utf8", signal }).catch(() => "");
      signal.throwIfAborted();
      const types = kept === "" ? await props.compiler.platformTypes(jdk, signal) : kept.split("\n");
      if (kept === "" && types.length > 0) {
        await mkdir(props.folder, { recursive: true });
        await writeFileAtomically(path, types.join("\n")).catch(() => undefined);
      }
      if (types.length > 0) known.set(jdk.home, types);
      return types;
    },
  };
}
