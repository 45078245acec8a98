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
    const { values, tokens } = parseArgs({
      args: rest,
      options: { ...command.flags, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
      strict: true,
      tokens: true,
    });
    if (values.help === true) return { kind: "help", command: name };
    return { kind: "run", command: name, parsed: { flags: onlySingle(values), ...sorted(command, tokens) } };
  } catch (error) {
    throw badArgument(sentence(name, error));
  }
}

/** The values of flags that may be given more than once are in `lists`. */
function onlySingle(values: Readonly<Record<string, unknown>>): ParsedCommand["flags"] {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      typeof value === "string" || typeof value === "boolean" ? [[key, value]] : [],
    ),
  );
}

type Token =
  | { readonly kind: "option"; readonly name: string; readonly value?: string | undefined }
  | { readonly kind: "positional"; readonly value: string }
  | { readonly kind: "option-terminator" };

/** Words after a flag that takes several belong to it; all other words are positional. */
function sorted({ flags }: Command, tokens: readonly Token[]): Pick<ParsedCommand, "positionals" | "lists"> {
  const positionals: string[] = [];
  const lists: Record<string, string[]> = {};
  let open: string[] | undefined;
  for (const token of tokens) {
    if (token.kind === "positional") (open ?? positionals).push(token.value);
    else open = undefined;
    if (token.kind !== "option" || flags[token.name]?.multiple !== true) continue;
    open = lists[token.name] ??= [];
    if (token.value !== undefined) open.push(token.value);
  }
  return { positionals, ...(Object.keys(lists).length > 0 && { lists }) };
}

/** Node explains how to escape positional words as well, which nobody asked for here. */
function sentence(command: string, error: unknown): string {
  const [first = ""] = (error instanceof Error ? error.message : String(error)).split(/\. To specify|\n/);
  return `docwright ${command}: ${first.replace(/\.$/, "")}.`;
}
