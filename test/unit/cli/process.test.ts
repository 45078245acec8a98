/** The built command line as a process: what only shows there, a Ctrl-C and a disk that is full. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { repositoryRoot } from "../../../scripts/shared/repositoryRoot.mjs";
import { markdown, temporaryFolder } from "../indexing/smallDocuments";

const cli = join(repositoryRoot, "dist", "cli.cjs");
let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder("process");
  await writeFile(join(folder, "first.md"), markdown("First", 1, 4));
  await writeFile(join(folder, "large.md"), markdown("Large", 2, 150));
  // Progress is told every five seconds: on any machine it takes longer than that.
  await writeFile(join(folder, "long.md"), markdown("Long", 3, 2_000));
});

test("Ctrl-C cancels an indexing run, with its own exit code and without a lock left behind", async () => {
  const store = join(folder, "cancelled");
  const run = spawn(process.execPath, [cli, "index", join(folder, "long.md"), "--store", store], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  run.stderr.on("data", (data: Buffer) => {
    said += data.toString();
    // Once: a second Ctrl-C ends without cleaning up.
    if (said.includes("Embedding") && !run.killed) run.kill("SIGINT");
  });
  const [code] = (await once(run, "close")) as [number | null];
  expect(code, said).toBe(130);
  expect((await readdir(store)).filter((name) => name.startsWith("write.lock"))).toEqual([]);
}, 300_000);

/** In a mount namespace of its own nothing stays mounted, whatever happens to the test; root is not needed where users may have one. */
const namespace = ["--mount", ...(process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"])];
const canMount = spawnSync("unshare", [...namespace, "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;

if (canMount) {
  test("a disk that is full is told of, and the earlier index still answers", async () => {
    const disk = join(folder, "disk");
    await mkdir(disk);
    const script = `
      mount -t tmpfs -o size=128k none "$DISK" || exit 99
      "$NODE" "$CLI" index "$DOCUMENTS/first.md" --store "$DISK/store" >/dev/null 2>&1; echo "first $?"
      "$NODE" "$CLI" index "$DOCUMENTS/large.md" --store "$DISK/store" 2>"$DOCUMENTS/said" >/dev/null; echo "large $?"
      cat "$DOCUMENTS/said" >&2
      ls -A "$DISK/store"
      "$NODE" "$CLI" search --store "$DISK/store" --json "Which port does the embedded server listen on?" 2>/dev/null; echo "search $?"`;
    const { stdout, stderr } = spawnSync("unshare", [...namespace, "sh", "-c", script], {
      encoding: "utf8",
      env: { ...process.env, DISK: disk, NODE: process.execPath, CLI: cli, DOCUMENTS: folder },
    });
    // What was embedded stays for the next run, in a cache beside the sets.
    expect(stdout, stderr).toMatch(
      /^first 0\nlarge 2\nsets\n(vectors-\S+\.cache\n)?\{"answered":true.*Listening port 0.*\nsearch 0\n$/,
    );
    expect(stderr).toContain(`The disk that holds ${join(disk, "store")}`);
    expect(stderr).toContain("Free some space and try again; what was indexed before is unchanged.");
  }, 300_000);
}
