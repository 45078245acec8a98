/** The class path of a Gradle module whose files leave something open: Gradle itself is asked, offline first. */
import type { CheckProgress } from "../../core/checks/checkReport";
import type { ModuleClasspath } from "../../core/checks/classpath";
import { findGradle, resolveWithGradle } from "../gradle/runGradle";
import { toolTimeout, withRemedy } from "./askedTool";
import { labelOf } from "./moduleReading";

export interface GradleClasspathProps {
  readonly environment: NodeJS.ProcessEnv;
  readonly offline: boolean;
  /** Told before Gradle runs with leave to connect. */
  readonly connecting?: () => void;
}

/** @param read What the files tell: kept where Gradle cannot be asked. */
export async function askGradle(
  read: ModuleClasspath,
  { environment, offline, connecting }: GradleClasspathProps,
  onProgress: (progress: CheckProgress) => void,
  signal: AbortSignal,
): Promise<ModuleClasspath> {
  const [module] = read.modules;
  if (!module) return read;
  const { directory } = module;
  let best = read;
  let why = "";
  let name = "gradle";
  for (const alone of offline ? [true] : [true, false]) {
    const program = await findGradle(directory, { environment, offline: alone });
    if (!program) continue;
    ({ name } = program);
    onProgress({ label: alone ? "Asking Gradle for the class path" : "Gradle fetches the dependencies" });
    const answer = await resolveWithGradle(
      directory,
      {
        ...{ program, environment, offline: alone, timeout: toolTimeout(alone) },
        ...(connecting && { connecting }),
      },
      signal,
    );
    if (!answer.ok) {
      ({ why } = answer);
      continue;
    }
    const { missing, missingForMain, ...resolution } = answer.resolution;
    best = {
      ...read,
      ...resolution,
      source: "Gradle",
      complete: missing.length === 0,
      mainComplete: missingForMain.length === 0,
      missing: missing.map(labelOf),
    };
    if (best.complete) return best;
  }
  const command = `${name} -p ${directory} dependencies`;
  if (why !== "") return withRemedy(best, `Gradle said: ${why} Run \`${command}\` and try again.`);
  if (best === read) return withRemedy(read, "Install Gradle, or add its wrapper to the project.");
  return withRemedy(
    best,
    offline ? `Run without --offline, or run \`${command}\` once.` : `Run \`${command}\` to see why.`,
  );
}
