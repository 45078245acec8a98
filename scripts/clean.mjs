// npm run clean: removes what was built and the tool cache, and says what it removed.
import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { cacheFolder, isOwnCache } from "./shared/cacheFolder.mjs";
import { repositoryRoot } from "./shared/repositoryRoot.mjs";
import { runMain } from "./shared/runCommand.mjs";
import { say } from "./shared/say.mjs";

await runMain(async () => {
  for (const name of ["dist", "out"]) await remove(path.join(repositoryRoot, name));
  const cache = cacheFolder();
  if (existsSync(cache) && !isOwnCache(cache)) {
    say(`${cache} was not made by these scripts and stays`);
    return 2;
  }
  await remove(cache);
  say("Chromium, when it was installed by apt-get, stays: it belongs to the system");
  return 0;
});

/** @param {string} folder */
async function remove(folder) {
  if (!existsSync(folder)) return;
  const held = readdirSync(folder).sort().join(", ");
  await rm(folder, { recursive: true, force: true });
  say(`removed ${folder} (${held})`);
}
