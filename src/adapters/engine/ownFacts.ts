/** The checks that need no compiler, with the facts of the person's own file. */
import { readFile } from "node:fs/promises";
import type { Check } from "../../core/checks/check";
import { parseFacts } from "../../core/checks/facts/fact";
import { createStaticChecks, staticChecks } from "../../core/checks/staticChecks";
import { FailureError } from "../../core/failure";

/** The last ones: they know the metadata that they have read. */
let known: { readonly text: string; readonly checks: readonly Check[] } | undefined;

/** Throws `not-found`, and `bad-argument` for a file that holds no facts or a pattern that is none. */
export async function checksWith(
  factsFile: string | undefined,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  if (factsFile === undefined) return staticChecks;
  const text = await readFile(factsFile, { encoding: "utf8", signal }).catch(() => {
    signal.throwIfAborted();
    throw new FailureError({ kind: "not-found", path: factsFile });
  });
  if (known?.text === text) return known.checks;
  const read = parseFacts(text);
  if ("problem" in read) throw badFacts(factsFile, read.problem);
  try {
    known = { text, checks: createStaticChecks(read.facts) };
    return known.checks;
  } catch (error) {
    throw badFacts(factsFile, error instanceof Error ? error.message : String(error));
  }
}

const badFacts = (path: string, problem: string) =>
  new FailureError({ kind: "bad-argument", what: `${path}: ${problem}` });
