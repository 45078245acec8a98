// Progress lines of the scripts. They go to standard error, so that standard output carries only what was asked for.

/**
 * @param {string} text One line about what is being done.
 */
export function say(text) {
  process.stderr.write(`docwright: ${text}\n`);
}

/**
 * @param {number} milliseconds
 * @returns {string} For example `0.4 s`, `12 s`, `3 min 20 s`.
 */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/**
 * @param {number} bytes
 * @returns {string} Decimal units, as the model registries give them: `98 MB`, `4.7 GB`.
 */
export function fileSize(bytes) {
  if (bytes < 1e9) return `${Math.round(bytes / 1e6)} MB`;
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/**
 * Repeats a line while a long step without output of its own runs.
 * @template T
 * @param {string} text
 * @param {() => Promise<T>} work
 * @param {number} [everyMilliseconds]
 * @returns {Promise<T>}
 */
export async function withHeartbeat(text, work, everyMilliseconds = 20_000) {
  const started = Date.now();
  const timer = setInterval(
    () => say(`${text}, ${duration(Date.now() - started)} so far`),
    everyMilliseconds,
  );
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
