/** The flags that several commands share, and the reading of their values. */
import { isAbsolute, resolve } from "node:path";
import { serverAddresses } from "../core/models/serverAddress";
import { FailureError } from "../core/failure";
import type { CommandContext, Flag, ParsedCommand } from "./command";

export const storeFlag = {
  type: "string",
  value: "DIR",
  help: "the store to use; without it the default store and the embedded guide",
} as const satisfies Flag;
export const springBootFlag = {
  type: "string",
  value: "V",
  help: "the Spring Boot version, for example 3.2.12",
} as const satisfies Flag;
export const jsonFlag = { type: "boolean", help: "print one JSON object" } as const satisfies Flag;
export const hostFlag = {
  type: "string",
  value: "URL",
  help: "address of the Ollama server (default: OLLAMA_HOST or http://127.0.0.1:11434); DOCWRIGHT_OLLAMA_TOKEN holds its token, if it wants one",
} as const satisfies Flag;
export const modelFlag = {
  type: "string",
  value: "M",
  help: "the model to write with (default: DOCWRIGHT_MODEL or mixtral)",
} as const satisfies Flag;
export const projectFlag = {
  type: "string",
  value: "DIR",
  help: "the project whose build files name the version and the starters",
} as const satisfies Flag;

export const agreementFlag = {
  type: "string",
  value: "N",
  help: "with a re-ask: N further short answers, whose agreement is one of the signals (default: none; they cost time)",
} as const satisfies Flag;

export function badArgument(what: string): FailureError {
  return new FailureError({ kind: "bad-argument", what });
}

export function text(parsed: ParsedCommand, name: string): string | undefined {
  const value = parsed.flags[name];
  return typeof value === "string" ? value : undefined;
}

export function isSet(parsed: ParsedCommand, name: string): boolean {
  return parsed.flags[name] === true;
}

/** A flag's path, absolute. */
export function path(parsed: ParsedCommand, name: string, { directory }: CommandContext): string | undefined {
  const value = text(parsed, name);
  if (value === "") throw badArgument(`--${name} needs a path.`);
  return value === undefined || isAbsolute(value) ? value : resolve(directory, value);
}

/** The paths of a flag that takes several, absolute. */
export function paths(parsed: ParsedCommand, name: string, { directory }: CommandContext): readonly string[] {
  const values = parsed.lists?.[name] ?? [];
  if (values.includes("")) throw badArgument(`--${name} needs a path.`);
  return values.map((value) => (isAbsolute(value) ? value : resolve(directory, value)));
}

/** A path that has to be given. */
export function neededPath(
  command: string,
  parsed: ParsedCommand,
  name: string,
  context: CommandContext,
): string {
  const value = path(parsed, name, context);
  if (value === undefined) throw badArgument(`docwright ${command} needs --${name}.`);
  return value;
}

export const isVersion = (word: string) => /^\d+\.\d+(?:\.\d+)?(?:[.-][\w.-]+)?$/.test(word);

/** A flag's Spring Boot version; `undefined` when the flag is not given. */
export function versionOf(parsed: ParsedCommand, name: string): string | undefined {
  const version = text(parsed, name);
  if (version === undefined || isVersion(version)) return version;
  throw badArgument(`"${version}" is no Spring Boot version; 3.2 or 3.2.12 would be one.`);
}

/** The version as a request's optional part. */
export function springBoot(parsed: ParsedCommand): { springBootVersion?: string } {
  const version = versionOf(parsed, "spring-boot");
  return version === undefined ? {} : { springBootVersion: version };
}

export function store(parsed: ParsedCommand, context: CommandContext): { store?: string } {
  const folder = path(parsed, "store", context);
  return folder === undefined ? {} : { store: folder };
}

const defaultHost = "http://127.0.0.1:11434";

export function host(parsed: ParsedCommand, { environment }: CommandContext): string {
  const given = (text(parsed, "host") ?? environment["OLLAMA_HOST"] ?? "").trim();
  if (given === "") return defaultHost;
  if (serverAddresses(given).length > 0) return given;
  // A password in an address is not repeated.
  const shown = given.replace(/[^/@]*@/, "•••@");
  throw badArgument(
    shown === given
      ? `"${given}" is no address of an Ollama server.`
      : `"${shown}" holds a name or password; DOCWRIGHT_OLLAMA_TOKEN is the place for secrets.`,
  );
}

export function model(parsed: ParsedCommand, { environment }: CommandContext): string {
  return text(parsed, "model") ?? environment["DOCWRIGHT_MODEL"] ?? "mixtral";
}

/** A whole number from 1 to `most`; `undefined` when the flag is not given. */
export function wholeNumber(parsed: ParsedCommand, name: string, most: number): number | undefined {
  const written = text(parsed, name);
  if (written === undefined) return undefined;
  const value = Number(written);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw badArgument(`--${name} takes a whole number from 1 to ${most}.`);
  return value;
}
