import { expect, test } from "vitest";
import { parseInvocation } from "../../../src/cli/arguments";
import { commands } from "../../../src/cli/commands";
import { commandHelp, overallHelp } from "../../../src/cli/help";
import { failureOf } from "../../../src/core/failure";

const refusal = (...words: string[]) => {
  try {
    parseInvocation(words, commands);
  } catch (error) {
    return failureOf(error);
  }
  return undefined;
};

test("flags and words may come in any order", () => {
  expect(parseInvocation(["search", "how", "-k", "3", "--json", "--store=s", "now"], commands)).toEqual({
    kind: "run",
    command: "search",
    parsed: { flags: { k: "3", json: true, store: "s" }, positionals: ["how", "now"] },
  });
});

test.each([
  [["search", "--nonsense", "x"], /^docwright search: Unknown option '--nonsense'\.$/],
  [["index", "--name"], /^docwright index: Option '--name .*argument/],
  [["find", "x"], /^There is no command "find"; the commands are index, search,/],
  [["constructor"], /^There is no command "constructor"/],
])("%j is refused with a sentence", (words, sentence) => {
  expect(refusal(...words)).toEqual({
    kind: "bad-argument",
    what: expect.stringMatching(sentence) as string,
  });
});

test.each([[[]], [["--help"]], [["-h"]], [["help"]]])("%j asks for the help", (words) => {
  expect(parseInvocation(words, commands)).toEqual({ kind: "help" });
});

test.each(Object.keys(commands))("%s explains itself, each flag of it", (name) => {
  expect(parseInvocation([name, "--help"], commands)).toEqual({ kind: "help", command: name });
  expect(parseInvocation(["help", name], commands)).toEqual({ kind: "help", command: name });
  const command = commands[name];
  const help = command ? commandHelp(name, command) : "";
  for (const flag of Object.keys(command?.flags ?? {}))
    expect(help).toContain(flag.length === 1 ? `-${flag}` : `--${flag}`);
  expect(overallHelp(commands)).toContain(command?.summary);
});
