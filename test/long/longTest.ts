/** A test that runs for long: step by step, so that it can be stopped at any time and goes on where it was (scripts/testLong.mjs). */
export interface LongTest {
  readonly name: string;
  /** Steps of the whole test; step `n` does not depend on what the steps before it left in memory or on disk. */
  readonly steps: number;
  /**
   * Prepares what all steps need. The seed belongs to the whole test and stays when it goes on.
   * @returns Runs a step; what it returns is kept and must be JSON; what it throws is a failure, after which the next step runs.
   */
  start(seed: number): Promise<{ step(number: number): Promise<unknown>; stop(): Promise<void> }>;
  /** One line about the steps that ran, in any order. */
  summary(results: readonly unknown[]): string;
}
