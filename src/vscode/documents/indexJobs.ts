/**
 * What a person wanted indexed and is not done: running, paused or failed. Paused work keeps what was fetched and computed; what ran when its
 * window went away is found paused by the next one.
 */
import * as vscode from "vscode";
import type { DocumentWish } from "../../core/document/documentWish";
import type { Engine, IndexReport, IndexRequest, IndexSource } from "../../core/engine";
import { failureOf, type Failure } from "../../core/failure";
import type { Obtain } from "../../core/obtain";
import { localised } from "../localised";
import type { Log } from "../log";
import { obtainText, progressShare, progressText } from "./indexProgressText";

/** Work as it is kept over a restart. */
export interface IndexWork {
  readonly title: string;
  /** Of what is indexed; the sets it becomes have the same. */
  readonly origins: readonly string[];
  /** To be obtained first. */
  readonly wishes: readonly DocumentWish[];
  /** Already on this machine. */
  readonly sources: readonly IndexSource[];
  readonly request: Omit<IndexRequest, "sources">;
}

export interface IndexJob {
  readonly id: string;
  readonly work: IndexWork;
  readonly state: "running" | "paused" | "failed";
  /** What goes on, in words, and the share that is done, 0 to 1. */
  readonly text?: string;
  readonly done?: number;
  readonly failure?: Failure;
}

export interface IndexJobs {
  /** All that is not done, oldest first. */
  list(): readonly IndexJob[];
  /** Rejects with the failure; the work then stays as failed. Undefined when it was paused or dismissed. */
  run(
    work: IndexWork,
    onProgress?: (text: string, done?: number) => void,
    signal?: AbortSignal,
  ): Promise<IndexReport | undefined>;
  pause(id: string): void;
  /** Goes on with paused or failed work, as {@link run}. */
  resume(
    id: string,
    onProgress?: (text: string, done?: number) => void,
    signal?: AbortSignal,
  ): Promise<IndexReport | undefined>;
  /** Ends it and forgets it; what was fetched stays on the disk. */
  dismiss(id: string): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

export interface IndexJobsProps {
  readonly engine: Pick<Engine, "index">;
  readonly obtain: Obtain;
  /** Shared by all windows. */
  readonly globalState: vscode.Memento;
  readonly log: Log;
}

interface Kept {
  readonly id: string;
  readonly work: IndexWork;
  readonly failure?: Failure;
  /** Of the window that runs it. */
  readonly pid?: number;
}

const key = "docwright.indexJobs";

export function createIndexJobs({ engine, obtain, globalState, log }: IndexJobsProps): IndexJobs {
  const changed = new vscode.EventEmitter<void>();
  const jobs = new Map<string, IndexJob>();
  const running = new Map<string, AbortController>();
  let count = 0;

  for (const { id, work, failure, pid } of globalState.get<readonly Kept[]>(key) ?? []) {
    // What another window is at is that window's.
    if (pid !== undefined && isAlive(pid)) continue;
    jobs.set(id, { id, work, state: failure ? "failed" : "paused", ...(failure && { failure }) });
  }

  /** Other windows' entries stay as they are. */
  const save = async () => {
    const others = (globalState.get<readonly Kept[]>(key) ?? []).filter(
      ({ id, pid }) => !jobs.has(id) && pid !== undefined && pid !== process.pid && isAlive(pid),
    );
    const own = [...jobs.values()].map(({ id, work, state, failure }): Kept => ({
      ...{ id, work },
      ...(failure && { failure }),
      ...(state === "running" && { pid: process.pid }),
    }));
    await globalState.update(key, [...others, ...own]);
  };
  const set = async (job: IndexJob) => {
    jobs.set(job.id, job);
    changed.fire();
    await save();
  };
  const forget = async (id: string) => {
    jobs.delete(id);
    changed.fire();
    await save();
  };

  const start: (
    id: string,
    work: IndexWork,
    onProgress: ((text: string, done?: number) => void) | undefined,
    signal: AbortSignal | undefined,
  ) => Promise<IndexReport | undefined> = async (id, work, onProgress, signal) => {
    const controller = new AbortController();
    const either = signal ? AbortSignal.any([signal, controller.signal]) : controller.signal;
    const tell = (text: string, done?: number) => {
      if (running.get(id) !== controller) return;
      jobs.set(id, { id, work, state: "running", text, ...(done !== undefined && { done }) });
      changed.fire();
      onProgress?.(text, done);
    };
    running.set(id, controller);
    await set({ id, work, state: "running" });
    try {
      const sources = [...work.sources];
      for (const wish of work.wishes) {
        const { source, passedOver } = await obtain(
          wish,
          (progress) => tell(obtainText(progress, localised)),
          either,
        );
        for (const { path, why } of passedOver) log.info(`passed over ${path}: ${why}`);
        sources.push(source);
      }
      const report = await engine.index(
        { ...work.request, sources },
        (progress) => tell(progressText(progress, localised), progressShare(progress)),
        either,
      );
      running.delete(id);
      await forget(id);
      return report;
    } catch (error) {
      const isOwn = running.get(id) === controller;
      if (isOwn) running.delete(id);
      if (either.aborted) {
        if (isOwn && jobs.has(id)) await set({ id, work, state: "paused" });
        return undefined;
      }
      await set({ id, work, state: "failed", failure: failureOf(error) });
      throw error;
    }
  };

  return {
    list: () => [...jobs.values()],
    run(work, onProgress, signal) {
      // The same again takes the place of what was paused or has failed.
      const same = [...jobs.values()].find(
        ({ state, work: other }) =>
          state !== "running" && other.origins.join("\n") === work.origins.join("\n"),
      );
      const id = same?.id ?? `${process.pid}-${Date.now()}-${++count}`;
      return start(id, work, onProgress, signal);
    },
    pause: (id) => running.get(id)?.abort(),
    async resume(id, onProgress, signal) {
      const job = jobs.get(id);
      if (!job || job.state === "running") return undefined;
      return start(id, job.work, onProgress, signal);
    },
    async dismiss(id) {
      const controller = running.get(id);
      running.delete(id);
      await forget(id);
      controller?.abort();
    },
    onDidChange: changed.event,
    dispose() {
      for (const controller of running.values()) controller.abort();
      changed.dispose();
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
