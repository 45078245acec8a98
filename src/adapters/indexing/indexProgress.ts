import type { IndexProgress } from "../../core/engine";

export interface ProgressMeter {
  /** Merges what changed into the last progress and tells it, at most a few times a second within a phase. */
  update(change: Partial<IndexProgress>): void;
  /** Counts passages that are done; only embedded ones tell how fast it goes. */
  embedded(passages: number): void;
  reused(passages: number): void;
  /** Passages without a vector when embedding begins. */
  expect(toEmbed: number): void;
}

const interval = 100;

/** Speed and time left from the whole run so far: single passages differ too much in length. */
export function createProgressMeter(
  onProgress: (progress: IndexProgress) => void,
  now: () => number = () => performance.now(),
): ProgressMeter {
  let current: IndexProgress = {
    phase: "reading",
    documents: 0,
    documentsTotal: 0,
    passages: 0,
    passagesTotal: 0,
  };
  let toldAt = -Infinity;
  let [expected, done, startedAt] = [0, 0, 0];

  const update = (change: Partial<IndexProgress>) => {
    const isNewPhase = change.phase !== undefined && change.phase !== current.phase;
    current = { ...current, ...change };
    if (!isNewPhase && now() - toldAt < interval && current.passages < current.passagesTotal) return;
    toldAt = now();
    onProgress(current);
  };

  return {
    update,
    expect(toEmbed) {
      expected = toEmbed;
      done = 0;
      startedAt = now();
    },
    embedded(passages) {
      done += passages;
      const seconds = (now() - startedAt) / 1000;
      const perSecond = seconds > 0 ? done / seconds : 0;
      update({
        passages: current.passages + passages,
        ...(perSecond > 0 && {
          perSecond: Math.round(perSecond * 10) / 10,
          secondsLeft: Math.max(0, Math.round((expected - done) / perSecond)),
        }),
      });
    },
    reused: (passages) => update({ passages: current.passages + passages }),
  };
}
