/** Small documents of our own, with something to find in each section. */
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const subjects = [
  [
    "Listening port",
    "The embedded server listens on the port that `server.port` names; zero picks a free one, which tests like.",
  ],
  [
    "Graceful stop",
    "With a graceful stop the server refuses new requests and lets those under way finish before the deadline.",
  ],
  [
    "Profiles",
    "A profile switches beans and files on; `application-staging.yml` is read when staging is active.",
  ],
  [
    "Connection pool",
    "HikariCP lends connections; its maximum pool size bounds how many statements run side by side.",
  ],
  [
    "Health",
    "The health endpoint adds up indicators: disk space, the database, a message broker, whatever is present.",
  ],
  [
    "Virtual threads",
    "On Java 21 each request may run on a virtual thread, which costs little while it waits.",
  ],
] as const;

/** A Markdown document whose passages differ from those of any other `seed`. */
export function markdown(title: string, seed: number, sections: number = subjects.length): string {
  const body = Array.from({ length: sections }, (_, index) => {
    const [heading, text] = subjects[index % subjects.length] ?? subjects[0];
    return `## ${heading} ${index}\n\n${text} This is remark ${seed * 1000 + index} of edition ${seed}.\n`;
  });
  return `# ${title}\n\n${body.join("\n")}`;
}

export async function temporaryFolder(purpose: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `docwright-${purpose}-`));
}

/** Writes files by their path below a new folder and returns the folder. */
export async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const root = await temporaryFolder("documents");
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}
