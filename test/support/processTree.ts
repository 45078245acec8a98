/** The processes below another one, by Linux's own list. */
import { readdirSync, readFileSync } from "node:fs";

export interface RunningProcess {
  readonly pid: number;
  readonly command: string;
}

export function descendantsOf(root: number): readonly RunningProcess[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess);
  const below = (parent: number): readonly RunningProcess[] =>
    all
      .filter(({ parentPid }) => parentPid === parent)
      .flatMap(({ pid, command }) => [{ pid, command }, ...below(pid)]);
  return below(root);
}

function readProcess(name: string): readonly (RunningProcess & { readonly parentPid: number })[] {
  try {
    const status = readFileSync(`/proc/${name}/stat`, "utf8");
    // The program's name, in parentheses, may hold blanks.
    const parentPid = Number(status.slice(status.lastIndexOf(")") + 2).split(" ")[1]);
    const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
    return [{ pid: Number(name), parentPid, command }];
  } catch {
    return []; // it has ended meanwhile
  }
}
