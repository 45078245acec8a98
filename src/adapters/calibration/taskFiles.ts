import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { FailureError } from "../../core/failure";
import { parseTasks, type Task } from "../../core/tasks/task";

/** The tasks of the package, topic by topic. Throws `assets-missing`. */
export async function readTasks(packageRoot: string, signal: AbortSignal): Promise<readonly Task[]> {
  const folder = join(packageRoot, "docs-index", "tasks");
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".yaml")).sort();
  signal.throwIfAborted();
  if (names.length === 0) throw new FailureError({ kind: "assets-missing", path: folder });
  const files = await Promise.all(
    names.map(async (name) =>
      parseTasks(
        await readFile(join(folder, name), { encoding: "utf8", signal }),
        name.replace(/\.yaml$/, ""),
      ),
    ),
  );
  return files.flat();
}
