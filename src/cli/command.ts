import type { WorkerEngine } from "../adapters/engine/workerEngine";
import type { Obtain } from "../core/obtain";
import type { Terminal } from "./terminal";

/** 0 done, 1 nothing found, 2 could not, 130 cancelled. */
export type ExitCode = 0 | 1 | 2 | 130;

/** One flag, as `node:util` parses it, and what `--help` says of it. */
export interface Flag {
  readonly type: "string" | "boolean";
  /** The flag may be given again, and takes the words after it too, up to the next flag: `--train A B C`. */
  readonly multiple?: boolean;
  /** One letter. */
  readonly short?: string;
  readonly help: string;
  /** Name of the value in the help, `DIR`. */
  readonly value?: string;
}

export interface ParsedCommand {
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
  /** Values of the flags that may be given more than once. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
}

export interface CommandContext {
  /** Started by its first call. */
  readonly engine: WorkerEngine;
  readonly terminal: Terminal;
  readonly environment: NodeJS.ProcessEnv;
  /** Brings documents from elsewhere onto this machine. */
  readonly obtain: Obtain;
  /** Folder that relative paths start from. */
  readonly directory: string;
}

export interface Command {
  /** After the command's name, for the help: `<path|url>…`. */
  readonly operands: string;
  readonly summary: string;
  readonly flags: Readonly<Record<string, Flag>>;
  /** What the exit status says, where it is not the usual. */
  readonly exitCodes?: string;
  run(parsed: ParsedCommand, context: CommandContext, signal: AbortSignal): Promise<ExitCode>;
}
