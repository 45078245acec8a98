/**
 * Splits a model's answer into code and prose while it streams, so that the editor shows code as it is written and prose never lands
 * in it. Models forget fences, open them in the middle of a token, or answer with bare code; all of that is sorted here, line by line.
 */
import { looksLikeCode, looksLikeProse, startsCodeSurely } from "./codeLine";

export type CodeStreamPart =
  | { readonly kind: "prose"; readonly text: string }
  | {
      readonly kind: "code";
      /** As written after the fence, in lower case; absent on a fence without one and on bare code. */
      readonly language?: string;
      readonly text: string;
      /** What the fence says beside the language, as written: a path, `title="…"`. */
      readonly info?: string;
      /** Counts the answer's code blocks from 0: parts of one block share it. */
      readonly block: number;
    };

export interface CodeStream {
  /** Takes the next piece of the answer; returns what is decided now, in order. */
  push(token: string): readonly CodeStreamPart[];
  /** Takes the end of the answer; returns the rest. A fence that was not closed ends here. */
  end(): readonly CodeStreamPart[];
}

type Mode =
  | { readonly kind: "prose" }
  /** Code without a fence; it lasts until a line after a blank one reads as prose. */
  | { readonly kind: "bare" }
  | { readonly kind: "fenced"; readonly fence: Fence };

interface Fence {
  readonly mark: "`" | "~";
  readonly length: number;
  readonly indent: number;
  readonly language?: string;
  readonly info?: string;
}

/** The newline before a closing fence belongs to the fence: code parts never end with it. */
export function createCodeStream(): CodeStream {
  const state = new SplitterState();
  return {
    push: (token) => state.push(token),
    end: () => state.end(),
  };
}

class SplitterState {
  private mode: Mode = { kind: "prose" };
  /** What arrived of the current line and is not emitted yet. */
  private line = "";
  /** True when a part of the current line is emitted already (fenced code only). */
  private lineStarted = false;
  /** Newlines of code that are emitted only when more code follows. */
  private heldNewlines = 0;
  private block = -1;
  private isNewBlock = false;
  private blank = true;
  private depth = 0;
  /** True once a line of prose was seen; before it, bare code is accepted on weaker signs. */
  private spoke = false;
  private parts: CodeStreamPart[] = [];

  push(token: string): readonly CodeStreamPart[] {
    const pieces = token.replaceAll("\r", "").split("\n");
    pieces.forEach((piece, index) => {
      this.line += piece;
      if (index < pieces.length - 1) this.endLine(true);
      else if (this.mode.kind === "fenced") this.flushFenced(this.mode.fence);
    });
    return this.take();
  }

  end(): readonly CodeStreamPart[] {
    if (this.line.length > 0 || this.lineStarted) this.endLine(false);
    return this.take();
  }

  private take(): readonly CodeStreamPart[] {
    const taken = merge(this.parts);
    this.parts = [];
    return taken;
  }

  /** Emits what has come of a line of fenced code, unless it may still become the closing fence. */
  private flushFenced(fence: Fence): void {
    if (this.line.length === 0) return;
    if (!this.lineStarted && mayClose(this.line, fence)) return;
    const text = this.lineStarted ? this.line : withoutIndent(this.line, fence.indent);
    this.emitCode(text, fence);
    this.line = "";
    this.lineStarted = true;
  }

  private endLine(hasNewline: boolean): void {
    const line = this.line;
    const wasStarted = this.lineStarted;
    this.line = "";
    this.lineStarted = false;
    if (this.mode.kind === "fenced") {
      const { fence } = this.mode;
      if (!wasStarted && closes(line, fence)) {
        this.enter({ kind: "prose" });
        return;
      }
      this.emitCode(wasStarted ? line : withoutIndent(line, fence.indent), fence);
      if (hasNewline) this.heldNewlines++;
      return;
    }
    const fence = openingFence(line);
    if (fence) {
      // Bare code that "ends" with a fence had lost its opening one; a fence that names a language opens the next block.
      this.enter(
        this.mode.kind === "bare" && fence.language === undefined
          ? { kind: "prose" }
          : { kind: "fenced", fence },
      );
      return;
    }
    this.sortLine(line, hasNewline);
  }

  private sortLine(line: string, hasNewline: boolean): void {
    const isBlank = line.trim().length === 0;
    if (this.mode.kind === "prose" && !isBlank && this.blank) {
      const begins = this.block < 0 && !this.spoke;
      if (begins ? looksLikeCode(line) : startsCodeSurely(line)) this.enter({ kind: "bare" });
    } else if (
      this.mode.kind === "bare" &&
      !isBlank &&
      this.blank &&
      this.depth <= 0 &&
      looksLikeProse(line)
    ) {
      this.enter({ kind: "prose" });
    }
    this.blank = isBlank;
    if (this.mode.kind === "prose") {
      if (!isBlank) this.spoke = true;
      this.parts.push({ kind: "prose", text: hasNewline ? `${line}\n` : line });
      return;
    }
    this.depth += braceBalance(line);
    this.emitCode(line);
    if (hasNewline) this.heldNewlines++;
  }

  private enter(mode: Mode): void {
    this.isNewBlock = mode.kind !== "prose";
    this.mode = mode;
    this.heldNewlines = 0;
    this.blank = true;
    this.depth = 0;
  }

  private emitCode(text: string, { language, info }: Pick<Fence, "language" | "info"> = {}): void {
    if (text.length === 0) return;
    // A block that holds nothing is none: models open a fence, think again and open another.
    if (this.isNewBlock) this.block++;
    this.isNewBlock = false;
    const whole = "\n".repeat(this.heldNewlines) + text;
    this.heldNewlines = 0;
    this.parts.push({
      kind: "code",
      ...(language && { language }),
      ...(info && { info }),
      text: whole,
      block: this.block,
    });
  }
}

function openingFence(line: string): Fence | undefined {
  const match = /^(\s*)(`{3,}|~{3,})\s*([^\s`{]*)([^`]*)$/.exec(line);
  if (!match) return undefined;
  const [, indent = "", marks = "", word = "", rest = ""] = match;
  // Some models write the file behind the language: ```java:src/main/java/App.java
  const [name = "", path = ""] = /^(\w+):(.*[./].*)$/.exec(word)?.slice(1) ?? [word];
  const language = name.toLowerCase();
  const info = [path, rest.trim()].filter((part) => part !== "").join(" ");
  return {
    mark: marks.startsWith("`") ? "`" : "~",
    length: marks.length,
    indent: indent.length,
    ...(language && { language }),
    ...(info && { info }),
  };
}

function closes(line: string, fence: Fence): boolean {
  const trimmed = line.trim();
  const indent = line.length - line.trimStart().length;
  return indent <= fence.indent + 3 && trimmed.length >= fence.length && isAll(trimmed, fence.mark);
}

/** Could the line, as far as it has come, end as the closing fence? */
function mayClose(line: string, fence: Fence): boolean {
  const marks = line.trim();
  const indent = line.length - line.trimStart().length;
  if (marks.length === 0) return indent <= fence.indent + 3;
  return indent <= fence.indent + 3 && isAll(marks, fence.mark);
}

const isAll = (text: string, mark: string) => text === mark.repeat(text.length);

function withoutIndent(line: string, indent: number): string {
  const own = line.length - line.trimStart().length;
  return line.slice(Math.min(own, indent));
}

function braceBalance(line: string): number {
  let balance = 0;
  for (const character of line) {
    if (character === "{") balance++;
    else if (character === "}") balance--;
  }
  return balance;
}

/** Joins neighbours of one kind and block, so that a consumer sees as few parts as possible. */
function merge(parts: readonly CodeStreamPart[]): readonly CodeStreamPart[] {
  const merged: CodeStreamPart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (last?.kind === "code" && part.kind === "code" && last.block === part.block) {
      merged[merged.length - 1] = { ...last, text: last.text + part.text };
    } else if (last?.kind === "prose" && part.kind === "prose") {
      merged[merged.length - 1] = { kind: "prose", text: last.text + part.text };
    } else merged.push(part);
  }
  return merged;
}
