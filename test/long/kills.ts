/** Two hundred kills of an indexing process, see killRig.ts. */
import { builtPackage } from "../unit/embedding/builtThread";
import { createKillRig, seeded, type Kill } from "../unit/indexing/killRig";
import type { LongTest } from "./longTest";

export const longTest: LongTest = {
  name: "kills",
  steps: 200,
  async start(seed) {
    const packageRoot = await builtPackage();
    let rig = await createKillRig(packageRoot, seeded(seed));
    return {
      async step(number) {
        try {
          return await rig.kill(number);
        } catch (error) {
          // What it left is no place to go on from.
          rig = await createKillRig(packageRoot, seeded(seed + number));
          throw error;
        }
      },
      async stop() {
        await rig.finish();
      },
    };
  },
  summary(results) {
    const kills = results as readonly Kill[];
    const count = (isMeant: (kill: Kill) => boolean) => kills.filter(isMeant).length;
    const outcomes = (["old", "new by words", "new", "none"] as const).map(
      (outcome) =>
        `${count((kill) => kill.outcome === outcome)} ${outcome === "none" ? "none before and none after" : outcome}`,
    );
    const nearCommit = count(({ where }) => where !== "anywhere");
    const reads = kills.reduce((sum, kill) => sum + kill.reads, 0);
    return `${kills.length} kills, ${nearCommit} within 200 ms of a commit: ${outcomes.join(", ")}; ${reads} reads meanwhile, each of a whole index`;
  },
};
