/**
 * The workbench loads this as the test suite. It runs the real one and writes to two files that the launcher reads: all that the suite prints,
 * and the verdict. A dead extension host ends with exit code 0 in the workbench's eyes, so that only a written verdict counts.
 */
import { createRequire } from "node:module";
import { openSync, writeFileSync, writeSync } from "node:fs";
import { Writable } from "node:stream";
import { format } from "node:util";

export const OUTPUT_VARIABLE = "DOCWRIGHT_TEST_OUTPUT";
export const SUITE_VARIABLE = "DOCWRIGHT_TEST_SUITE";

interface Suite {
  readonly run: () => Promise<void>;
}

function isSuite(value: unknown): value is Suite {
  return typeof value === "object" && value !== null && "run" in value && typeof value.run === "function";
}

export async function run(): Promise<void> {
  const outputFile = required(OUTPUT_VARIABLE);
  redirectOutput(openSync(outputFile, "a"));
  const verdict = (text: string) => writeFileSync(`${outputFile}.verdict`, text);
  try {
    const suite: unknown = createRequire(outputFile)(required(SUITE_VARIABLE));
    if (!isSuite(suite)) throw new Error(`${required(SUITE_VARIABLE)} exports no run()`);
    await suite.run();
    verdict("passed");
  } catch (error) {
    verdict("failed");
    throw error;
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

/** The extension host has put accessors without a setter on these: they have to be defined anew. */
function redirectOutput(file: number): void {
  const put = (text: string) => void writeSync(file, text);
  for (const name of ["log", "info", "debug", "warn", "error", "trace"]) {
    Object.defineProperty(console, name, {
      configurable: true,
      value: (...values: readonly unknown[]) => put(`${format(...values)}\n`),
    });
  }
  for (const name of ["stdout", "stderr"]) {
    const stream = new Writable({
      decodeStrings: false,
      write(chunk: string | Buffer, _encoding, done) {
        put(chunk.toString());
        done();
      },
    });
    Object.defineProperty(process, name, {
      configurable: true,
      value: Object.assign(stream, { isTTY: false }),
    });
  }
}
