/** One Java process that compiles: started once, asked often, ended when it does not answer in time. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { tmpdir } from "node:os";

export interface CompilerProcessProps {
  /** The `java` of the JDK whose compiler is asked. */
  readonly java: string;
  /** `dist/compiler.jar`. */
  readonly jar: string;
  readonly log: (line: string) => void;
}

export interface CompilerProcess {
  /** The reply as parsed JSON; the process is ended after `timeout` milliseconds. Rejects with a {@link CompilerStopped} when the process ended or had to be ended. */
  ask(texts: readonly string[], timeout: number, signal: AbortSignal): Promise<unknown>;
  readonly alive: boolean;
  end(): void;
}

/** The compiler is gone; `why` is half a sentence for a person. */
export class CompilerStopped extends Error {
  override readonly name = "CompilerStopped";

  constructor(readonly why: string) {
    super(why);
  }
}

interface Waiting {
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Enough for a few thousand classes; a processor that wants more ends its process, not the machine. */
const heapMegabytes = 768;
const largestReply = 64_000_000;
const keptErrorLines = 5;

export function startCompiler({ java, jar, log }: CompilerProcessProps): CompilerProcess {
  const child: ChildProcessWithoutNullStreams = spawn(
    java,
    [
      `-Xmx${heapMegabytes}m`,
      "-XX:+UseSerialGC",
      "-XX:TieredStopAtLevel=1", // a few short compilations never repay the second compiler
      "-XX:+ExitOnOutOfMemoryError",
      "-Xshare:auto",
      "-Djava.awt.headless=true",
      "-cp",
      jar,
      "docwright.compiler.CompilerServer",
    ],
    { cwd: tmpdir(), stdio: "pipe", windowsHide: true },
  );
  const waiting = new Map<string, Waiting>();
  const errors: string[] = [];
  let nextId = 0;
  let alive = true;
  let ended: string | undefined;
  let parts: string[] = [];
  let size = 0;

  const stop = (why: string) => {
    ended ??= why;
    if (alive) child.kill("SIGKILL");
  };
  const gone = (why: string) => {
    alive = false;
    const error = new CompilerStopped(ended ?? why);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const received = (line: string) => {
    const reply: unknown = JSON.parse(line);
    const id = reply !== null && typeof reply === "object" && "id" in reply ? String(reply.id) : "";
    waiting.get(id)?.resolve(reply);
    waiting.delete(id);
  };

  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (data: string) => {
    const [head = "", ...rest] = data.split("\n");
    parts.push(head);
    size += head.length;
    if (size > largestReply) stop("its answer had no end");
    for (const next of rest) {
      const line = parts.join("");
      parts = [next];
      size = next.length;
      try {
        received(line);
      } catch {
        stop(line.includes("OutOfMemoryError") ? "it ran out of memory" : "its answer could not be read");
      }
    }
  });
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (data: string) => {
    log(data.trimEnd());
    errors.push(...data.split("\n").filter((line) => line.trim() !== ""));
    errors.splice(0, errors.length - keptErrorLines);
  });
  child.stdin.on("error", () => undefined); // the end of the process tells the same
  child.on("error", (error) => gone(error.message));
  child.on("exit", (code, name) =>
    gone(
      `the Java process ended (${name ?? `exit code ${code ?? "unknown"}`}${errors.at(-1) ? `: ${errors.at(-1) ?? ""}` : ""})`,
    ),
  );

  return {
    get alive() {
      return alive;
    },
    ask(texts, timeout, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason as Error);
          return;
        }
        if (!alive) {
          reject(new CompilerStopped(ended ?? "the Java process ended"));
          return;
        }
        const id = String(nextId++);
        const timer = setTimeout(
          () => stop(`it did not answer within ${Math.round(timeout / 1000)} s`),
          timeout,
        );
        const settle = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", cancel);
        };
        // What was asked runs on: its clock still stops a process that hangs.
        const cancel = () => reject(signal.reason as Error);
        signal.addEventListener("abort", cancel, { once: true });
        waiting.set(id, {
          resolve: (reply) => {
            settle();
            resolve(reply);
          },
          reject: (error) => {
            settle();
            reject(error);
          },
        });
        child.stdin.write(frame([id, ...texts]));
      });
    },
    end: () => stop("it was ended"),
  };
}

/** Count of texts, then each with its length; see `CompilerServer.java`. */
function frame(texts: readonly string[]): Buffer {
  const bodies = texts.map((text) => Buffer.from(text, "utf8"));
  return Buffer.concat([integer(bodies.length), ...bodies.flatMap((body) => [integer(body.length), body])]);
}

function integer(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
