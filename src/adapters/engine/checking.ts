/** Judges files against their project: reads them, gathers what is known of the project, and runs every check. */
import { readFile } from "node:fs/promises";
import { languageOf, type CheckContext, type CheckedFile } from "../../core/checks/check";
import type { CheckProgress, CheckReport, CheckRequest } from "../../core/checks/checkReport";
import { byFile } from "../../core/checks/finding";
import { staticChecks } from "../../core/checks/staticChecks";
import { FailureError } from "../../core/failure";
import { readProjectFacts } from "../project/projectFiles";

export interface Checking {
  /** Rejects with `not-found` for a file that is not there; everything else that cannot be judged is part of the report. */
  check(
    request: CheckRequest,
    onProgress: (progress: CheckProgress) => void,
    signal: AbortSignal,
  ): Promise<CheckReport>;
}

export function createChecking(): Checking {
  return {
    async check(request, _onProgress, signal) {
      const started = performance.now();
      const files = await Promise.all(request.files.map((file) => readChecked(file, signal)));
      const place = request.project ?? files[0]?.path;
      const project = place === undefined ? undefined : await readProjectFacts(place, signal);
      const springBootVersion = request.springBootVersion ?? project?.springBootVersion;
      const context: CheckContext = {
        files,
        ...(project && { project }),
        ...(springBootVersion !== undefined && { springBootVersion }),
        metadata: [],
      };
      const findings = staticChecks.flatMap((check) => check(context));
      return {
        files: byFile(
          files.map(({ path }) => path),
          findings,
        ),
        notChecked: [],
        ...(springBootVersion !== undefined && { springBootVersion }),
        judgedBy: "nothing",
        timings: { classpath: 0, compile: 0, total: Math.round(performance.now() - started) },
      };
    },
  };
}

async function readChecked(
  { path, text }: CheckRequest["files"][number],
  signal: AbortSignal,
): Promise<CheckedFile> {
  signal.throwIfAborted();
  const content =
    text ??
    (await readFile(path, { encoding: "utf8", signal }).catch(() => {
      signal.throwIfAborted();
      throw new FailureError({ kind: "not-found", path });
    }));
  return { path, text: content, language: languageOf(path) };
}
