import { expect, test } from "vitest";
import { createTerminal } from "../../../src/cli/terminal";

function recorded(isTTY: boolean) {
  const out: string[] = [];
  const error: string[] = [];
  let time = 0;
  const terminal = createTerminal({
    out: { write: (text) => out.push(text) },
    error: { write: (text) => error.push(text), isTTY, columns: 20 },
    now: () => time,
  });
  return { terminal, out, error, wait: (milliseconds: number) => (time += milliseconds) };
}

test("at a terminal progress rewrites one line, which an answer clears", () => {
  const { terminal, out, error } = recorded(true);
  terminal.progress("one");
  terminal.progress("two that is longer than the terminal");
  terminal.answer("done\n");
  expect(error).toEqual(["\r\u001b[Kone", "\r\u001b[Ktwo that is longer ", "\r\u001b[K"]);
  expect(out).toEqual(["done\n"]);
});

test("elsewhere progress is a plain line now and then", () => {
  const { terminal, error, wait } = recorded(false);
  terminal.progress("one");
  terminal.progress("two");
  wait(60_000);
  terminal.progress("three");
  expect(error).toEqual(["one\n", "three\n"]);
});
