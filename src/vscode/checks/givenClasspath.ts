/** Checks with the class path that an extension for Java has computed, where there is one. */
import * as vscode from "vscode";
import type { Engine } from "../../core/engine";
import type { ClasspathVersion } from "../classpathVersion";

export function withGivenClasspath<Asked extends Pick<Engine, "check">>(
  engine: Asked,
  classpath: ClasspathVersion,
): Asked {
  return {
    ...engine,
    check: async (...[request, onProgress, signal]: Parameters<Engine["check"]>) => {
      const [first] = request.files;
      const found = first && (await classpath.of(vscode.Uri.file(first.path).toString(), signal));
      return engine.check({ ...request, ...(found && { classpath: found.classpath }) }, onProgress, signal);
    },
  };
}
