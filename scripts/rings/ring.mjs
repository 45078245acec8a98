/**
 * @typedef {object} RingResult
 * @property {string} name
 * @property {number} passed
 * @property {number} failed What did not pass, skipped and pending tests included.
 * @property {number} milliseconds
 */

import { say } from "../shared/say.mjs";

/**
 * Runs a ring; one that cannot run counts as one failure.
 * @param {string} name
 * @param {() => Promise<{ passed: number, failed: number }>} run
 * @returns {Promise<RingResult>}
 */
export async function measured(name, run) {
  const started = Date.now();
  say(`== ${name}`);
  try {
    return { name, ...(await run()), milliseconds: Date.now() - started };
  } catch (error) {
    say(`${name} could not run: ${error instanceof Error ? error.message : String(error)}`);
    return { name, passed: 0, failed: 1, milliseconds: Date.now() - started };
  }
}
