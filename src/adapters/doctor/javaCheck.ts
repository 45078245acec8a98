import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { DoctorCheck } from "../../core/engine";

const run = promisify(execFile);
const oldestJava = 17;
const remedy = `Install a JDK ${oldestJava} or newer, or set JAVA_HOME.`;

/** A JDK is not needed for answers; it is what projects of Spring Boot 3 are built with. */
export async function checkJava(
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Omit<DoctorCheck, "name">> {
  const home = environment["JAVA_HOME"];
  const program = home ? join(home, "bin", "javac") : "javac";
  let output: string;
  try {
    const { stdout, stderr } = await run(program, ["-version"], {
      env: environment,
      signal,
      timeout: 20_000,
    });
    output = `${stdout}${stderr}`;
  } catch {
    signal.throwIfAborted();
    const where = home ? `in JAVA_HOME (${home})` : "on the PATH";
    return { state: "warn", detail: `No JDK was found ${where}.`, remedy };
  }
  const version = /javac (\S+)/.exec(output)?.[1];
  const feature = Number(/^(?:1\.)?(\d+)/.exec(version ?? "")?.[1]);
  if (version === undefined || !(feature >= oldestJava)) {
    return { state: "warn", detail: `The JDK is ${version ?? "of an unknown version"}.`, remedy };
  }
  return { state: "pass", detail: `JDK ${version}.` };
}
