/** Runs a build tool of the user's own to its end. It may run code of the project: only for a project that is trusted. */
import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

/** A build tool that was found. */
export interface ToolProgram {
  /** What a person types: `mvn`, `./gradlew`. */
  readonly name: string;
  readonly path: string;
}

/** How a build tool is asked. */
export interface ToolRunProps {
  readonly program: ToolProgram;
  readonly environment: NodeJS.ProcessEnv;
  readonly offline: boolean;
  /** Milliseconds. */
  readonly timeout: number;
  /** Told before it runs with leave to connect. */
  readonly connecting?: () => void;
}

export interface ToolRun {
  /** Path of the program. */
  readonly program: string;
  readonly words: readonly string[];
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds; then it is ended with all that it started. */
  readonly timeout: number;
}

/** Kept of what it prints. */
const longestOutput = 100_000;

/**
 * Undefined when it succeeded, else what went wrong, in one line. Rejects when it is cancelled.
 * @param firstError Finds that line in the lines that the tool printed.
 */
export function runTool(
  { program, words, directory, environment, timeout }: ToolRun,
  firstError: (lines: readonly string[]) => string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const windows = process.platform === "win32";
    const child = spawn(windows ? `"${program}"` : program, windows ? words.map(quoted) : words, {
      cwd: directory,
      env: environment,
      shell: windows, // a .cmd file is run by the shell only
      detached: !windows, // so that what the tool starts ends with it
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    const collect = (data: Buffer) => {
      output = (output + data.toString()).slice(-longestOutput);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const stop = () => {
      try {
        if (child.pid !== undefined && !windows) process.kill(-child.pid, "SIGKILL");
        else child.kill("SIGKILL");
      } catch {
        // it has ended by itself
      }
    };
    const timer = setTimeout(stop, timeout);
    signal.addEventListener("abort", stop, { once: true });
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    };
    child.once("error", (error) => {
      settle();
      resolve(error.message);
    });
    child.once("close", (code, killedBy) => {
      settle();
      if (signal.aborted) reject(signal.reason as Error);
      else if (code === 0) resolve(undefined);
      else if (killedBy) resolve(`it did not end within ${Math.round(timeout / 1000)} s`);
      else {
        // Tools write control characters even where they were told to use no colour.
        const lines = stripVTControlCharacters(output).trim().split("\n");
        resolve((firstError(lines) ?? lines.at(-1) ?? "it failed").slice(0, 400));
      }
    });
  });
}

const quoted = (word: string) => `"${word.replaceAll('"', "")}"`;
