import { parseArgs } from "node:util";
import type { Command, ParsedCommand } from "./command";
import { badArgument } from "./flags";

export type Invocation =
  | { readonly kind: "help"; readonly command?: string }
  | { readonly kind: "version" }
  | { readonly kind: "run"; readonly command: string; readonly parsed: ParsedCommand };

/** Reads the words after the program's name. Throws `bad-argument` with a sentence for a person. */
export function parseInvocation(
  words: readonly string[],
  commands: Readonly<Record<string, Command>>,
): Invocation {
  const [name, ...rest] = words;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    const [topic] = rest;
    return topic !== undefined && Object.hasOwn(commands, topic)
      ? { kind: "help", command: topic }
      : { kind: "help" };
  }
  if (name === "--version") return { kind: "version" };
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    throw badArgument(`There is no command "${name}"; the commands are ${Object.keys(commands).join(", ")}.`);
  }
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      options: { ...command.flags, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
      strict: true,
    });
    if (values.help === true) return { kind: "help", command: name };
    return { kind: "run", command: name, parsed: { flags: onlySingle(values), positionals } };
  } catch (error) {
    throw badArgument(sentence(name, error));
  }
}

/** No flag of ours is declared `multiple`. */
function onlySingle(values: Readonly<Record<string, unknown>>): ParsedCommand["flags"] {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      typeof value === "string" || typeof value === "boolean" ? [[key, value]] : [],
    ),
  );
}

/** Node explains how to escape positional words as well, which nobody asked for here. */
function sentence(command: string, error: unknown): string {
  const [first = ""] = (error instanceof Error ? error.message : String(error)).split(/\. To specify|\n/);
  return `docwright ${command}: ${first.replace(/\.$/, "")}.`;
}
