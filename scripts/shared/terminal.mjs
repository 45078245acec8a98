import { createInterface } from "node:readline/promises";

/** @returns {boolean} Whether somebody can answer a question. */
export function isInteractive() {
  return process.stdin.isTTY === true && process.stderr.isTTY === true && !process.env["CI"];
}

/**
 * Asks at the terminal; the answer is no unless it is yes.
 * @param {string} question
 * @returns {Promise<boolean>}
 */
export async function confirmAtTerminal(question) {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
