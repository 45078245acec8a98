import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { engineBundle } from "../../../scripts/shared/engineBundle.mjs";
import { repositoryRoot } from "../../../scripts/shared/repositoryRoot.mjs";

/** Bundles {@link file://./indexProcess.ts} into a package root and returns what starts it. */
export async function spawner(
  packageRoot: string,
): Promise<(store: string, path: string, ...more: readonly ("fake" | "slow")[]) => IndexingProcess> {
  const script = join(packageRoot, "indexProcess.cjs");
  await build({
    ...engineBundle,
    entryPoints: [join(repositoryRoot, "test/unit/indexing/indexProcess.ts")],
    outfile: script,
  });
  return (store, path, ...more) => start(script, [packageRoot, store, path, ...more]);
}

export interface IndexingProcess {
  readonly child: ChildProcess;
  /** Phases seen so far; `done` is the last of a run that ended well. */
  readonly phases: readonly string[];
  /** Milliseconds from the start to a phase; 0 for one that was not seen. */
  reachedAt(phase: string): number;
  /** Resolves when a phase begins, or when the process ends before it. */
  reached(phase: string): Promise<void>;
  readonly ended: Promise<void>;
}

function start(script: string, args: readonly string[]): IndexingProcess {
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const began = performance.now();
  const times = new Map<string, number>();
  const phases: string[] = [];
  const waiting: { phase: string; resolve: () => void }[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    phases.push(line);
    times.set(line, performance.now() - began);
    for (const { phase, resolve } of waiting) if (phase === line) resolve();
  });
  const ended = once(child, "close").then(() => {
    for (const { resolve } of waiting) resolve();
  });
  return {
    child,
    phases,
    reachedAt: (phase) => times.get(phase) ?? 0,
    reached: (phase) =>
      new Promise((resolve) => {
        if (phases.includes(phase) || child.exitCode !== null) resolve();
        else waiting.push({ phase, resolve });
      }),
    ended,
  };
}
