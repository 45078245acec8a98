/** What Maven and Gradle have in common when they are asked for a class path. */
import type { ModuleClasspath } from "../../core/checks/classpath";

/** Milliseconds: a tool that may fetch waits for a network. */
export const toolTimeout = (offline: boolean): number => (offline ? 120_000 : 900_000);

export function withRemedy(classpath: ModuleClasspath, remedy: string): ModuleClasspath {
  return { ...classpath, complete: false, remedy };
}
