/**
 * Kills real indexing processes (SIGKILL) and looks at what is left. Half of the kills are spread over the whole run as measured, half lie
 * within 200 ms of one of its two commits: the one of the words and the one of the vectors.
 */
import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createSearching } from "../../../src/adapters/engine/searching";
import { createSets } from "../../../src/adapters/engine/sets";
import { hashingEmbedder } from "./hashingEmbedder";
import { markdown } from "./smallDocuments";
import { spawner, type IndexingProcess } from "./spawnIndexing";

export interface Kill {
  readonly where: "anywhere" | "words" | "vectors";
  /** The last line of the process before it was killed, and the milliseconds since. */
  readonly phase: string;
  readonly after: number;
  /** `none`: there was no index before, and there is none now. */
  readonly outcome: "none" | "old" | "new by words" | "new";
  /** How often the index was read while the process ran. */
  readonly reads: number;
}

export interface KillRig {
  /** Milliseconds of a run: whole, from reading to the commit of the words, from storing to the commit of the vectors. */
  readonly measured: { readonly whole: number; readonly words: number; readonly vectors: number };
  /** One kill; throws when what is left is neither the old index nor the new one, or does not answer. */
  kill(number: number): Promise<Kill>;
  /** A run that nobody kills, after all: throws unless it ends with the new index and nothing else in the store. */
  finish(): Promise<readonly string[]>;
}

const never = new AbortController().signal;
const near = 200;
const passages = 200;

/** @param random From 0 to 1; seed it, so that a failure can be repeated. */
export async function createKillRig(packageRoot: string, random: () => number): Promise<KillRig> {
  const start = await spawner(packageRoot);
  const home = await mkdtemp(join(tmpdir(), "docwright-kills-"));
  const path = join(home, "notes.md");
  // The model is no part of what a kill can break, and each load of it takes a second.
  const chosenEmbedder = hashingEmbedder(0);
  let store = join(home, "store-0");
  let edition = 0;

  const look = async (from: string) => {
    const sets = createSets({ packageRoot, defaultStore: from, chosenEmbedder });
    const [set] = await sets.openAll(from, never);
    if (!set) return undefined;
    const { state, embedded, reason } = set.set;
    const editions = new Set(set.chunks.map(({ text }) => /edition (\d+)/.exec(text)?.[1]));
    const found = Number([...editions][0]);
    if (editions.size !== 1 || set.chunks.length !== passages)
      throw new Error(`mixed passages: ${[...editions].join(", ")}`);
    if (state === "lexical") {
      if (embedded !== 0 || reason === undefined) throw new Error("a set without vectors does not say so");
    } else if (state !== "ready" || embedded !== passages) throw new Error(`the set is ${state}`);
    const searching = createSearching({ sets, packageRoot, defaultStore: from });
    const asked = {
      question: "let requests finish before the deadline of a graceful stop",
      count: 5,
      store: from,
    };
    const { results } = await searching.search(asked, never);
    const shown = new Set(results.map(({ text }) => /edition (\d+)/.exec(text)?.[1]));
    // Of one edition, too; a run may have put the next one in force meanwhile.
    if (shown.size !== 1 || Number([...shown][0]) < found)
      throw new Error(`a search found ${results.length} passages`);
    return { set, state, edition: found };
  };

  /** As {@link look}, and every vector is that of its passage. */
  const lookClosely = async () => {
    const seen = await look(store);
    if (seen?.state !== "ready") return seen;
    const embedder = await chosenEmbedder.get(never);
    for (const [position, { text }] of seen.set.chunks.entries()) {
      const [nearest] = await seen.set.nearest(await embedder.embedQuery(text, never), 1, never);
      if (nearest?.position !== position || Math.abs(nearest.similarity - 1) > 1e-3) {
        throw new Error(`passage ${position} has another's vector`);
      }
    }
    return seen;
  };

  const run = async (): Promise<{ process: IndexingProcess; began: number }> => {
    await writeFile(path, markdown("Notes", ++edition, passages));
    return { process: start(store, path, "fake"), began: performance.now() };
  };

  const whole = async () => {
    const { process, began } = await run();
    const at: Record<string, number> = {};
    for (const phase of ["reading", "embedding", "storing", "done"]) {
      await process.reached(phase);
      at[phase] = performance.now() - began;
    }
    await process.ended;
    if (!process.phases.includes("done"))
      throw new Error(`a run that nobody killed ended with ${process.phases.join(", ")}`);
    if (process.phases.includes("waiting")) throw new Error("the lock of a killed process was waited for");
    return at;
  };

  const runs = [await whole(), await whole(), await whole()];
  const median = (value: (at: Record<string, number>) => number) =>
    runs.map(value).sort((a, b) => a - b)[1] ?? 0;
  const measured = {
    whole: median(({ done = 0 }) => done),
    words: median(({ embedding = 0, reading = 0 }) => embedding - reading),
    vectors: median(({ done = 0, storing = 0 }) => done - storing),
  };

  const attempt = async (where: Kill["where"]): Promise<Kill | undefined> => {
    const before = await look(store);
    const { process, began } = await run();
    const watching = new AbortController();
    let reads = 0;
    const reader = (async () => {
      while (!watching.signal.aborted) {
        if (!(await look(store)) && before)
          throw new Error("a reader found nothing while a run was under way");
        reads++;
        await pause(20);
      }
    })();
    reader.catch(() => undefined);
    if (where === "anywhere") await pause(random() * measured.whole);
    else {
      await process.reached(where === "words" ? "reading" : "storing");
      const least = Math.max(0, measured[where] - near);
      await pause(least + random() * (measured[where] + near - least));
    }
    const hit = process.child.exitCode === null && process.child.kill("SIGKILL");
    const killedAt = performance.now();
    await process.ended;
    watching.abort();
    await reader;
    if (process.phases.includes("waiting")) throw new Error("the lock of a killed process was waited for");
    if (!hit || process.phases.includes("done")) return undefined;
    const phase = process.phases.at(-1) ?? "starting";
    const after = await lookClosely();
    const outcome = !after
      ? "none"
      : after.edition === edition
        ? after.state === "ready"
          ? "new"
          : "new by words"
        : "old";
    if (before && !after) throw new Error("the index is gone");
    if (outcome === "old" && (after?.edition !== before?.edition || after?.state !== before?.state)) {
      throw new Error(
        `the index was ${before?.edition} (${before?.state}) and is ${after?.edition} (${after?.state})`,
      );
    }
    return { where, phase, after: Math.round(killedAt - began - process.reachedAt(phase)), outcome, reads };
  };

  return {
    measured,
    async kill(number) {
      // Every tenth begins with no index at all.
      if (number % 10 === 9) store = join(home, `store-${number}`);
      const where = number % 2 === 0 ? "anywhere" : number % 4 === 1 ? "words" : "vectors";
      for (;;) {
        const kill = await attempt(where);
        if (kill) return kill;
        // It had ended before it could be killed.
      }
    },
    async finish() {
      await whole();
      const seen = await lookClosely();
      if (seen?.edition !== edition || seen.state !== "ready")
        throw new Error("the last run did not bring the new index");
      return (await readdir(store, { recursive: true })).sort();
    },
  };
}

/** Mulberry32, a generator of 32 bits of state: the same numbers for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
