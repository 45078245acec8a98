/**
 * Where answers and progress go. Answers to one stream, all else to the other, so that an answer can be piped. What a person sees has no
 * escape sequence of a model or a document in it: each hidden or control character is shown by its code point; a pipe gets the answer as it is.
 */
import { showHidden } from "../core/answer/hiddenCharacters";

export interface Terminal {
  /** Writes a part of the answer. */
  answer(text: string): void;
  /** A line for the person, kept. */
  say(line: string): void;
  /** What goes on right now: rewrites one line at a terminal; elsewhere a line of its own now and then. */
  progress(line: string): void;
  /** Ends the line that {@link progress} rewrites. */
  endProgress(): void;
}

export interface TerminalStreams {
  readonly out: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly error: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly now: () => number;
}

/** Milliseconds between two lines of progress where they cannot be rewritten. */
const plainInterval = 5_000;
const clearLine = "\r\u001b[K";

export function createTerminal({ out, error, now }: TerminalStreams): Terminal {
  let open = false;
  let lastPlain = -Infinity;
  const endProgress = () => {
    if (open) error.write(clearLine);
    open = false;
  };
  return {
    answer: (text) => {
      endProgress();
      out.write(out.isTTY === true ? visible(text) : text);
    },
    say: (line) => {
      endProgress();
      error.write(`${visible(line)}\n`);
    },
    progress: (line) => {
      if (error.isTTY === true) {
        error.write(clearLine + visible(line).slice(0, (error.columns ?? 80) - 1));
        open = true;
      } else if (now() - lastPlain >= plainInterval) {
        lastPlain = now();
        error.write(`${visible(line)}\n`);
      }
    },
    endProgress,
  };
}

/** A carriage return alone would let a line write over what stands there. */
const visible = (text: string) => showHidden(text.replaceAll("\r\n", "\n")).replaceAll("\r", "[U+000D]");

/** Seconds that something still takes, for a line of progress. */
export function timeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
