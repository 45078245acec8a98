import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { DoctorCheck } from "../../core/engine";
import { isLoopback } from "../../core/models/serverAddress";
import { gigabytes } from "./check";

/** The official PDF of 972 pages takes about 10 MB of index; a model takes gigabytes. */
const littleSpace = 1e9;

/** Space on the disk that holds the store, which need not exist yet. */
export async function checkDisk(store: string, signal: AbortSignal): Promise<Omit<DoctorCheck, "name">> {
  for (let folder = store; ; folder = dirname(folder)) {
    signal.throwIfAborted();
    const disk = await statfs(folder).catch(() => undefined);
    if (!disk) {
      if (dirname(folder) === folder) throw new Error(`nothing is known of the disk of ${store}`);
      continue;
    }
    const free = disk.bavail * disk.bsize;
    const detail = `${gigabytes(free)} are free for the index in ${store}.`;
    return free < littleSpace
      ? { state: "warn", detail, remedy: "Free some space before indexing or pulling a model." }
      : { state: "pass", detail };
  }
}

/** Docwright speaks with Ollama directly; a server behind a proxy is out of its reach, and pulls are Ollama's own business. */
export function checkProxy(environment: NodeJS.ProcessEnv, host: string): Omit<DoctorCheck, "name"> {
  const names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].flatMap((name) => [name, name.toLowerCase()]);
  const set = names.filter((name) => environment[name]);
  if (set.length === 0) return { state: "pass", detail: "No proxy is set." };
  if (isLoopback(host)) {
    return {
      state: "pass",
      detail: `A proxy is set (${set.join(", ")}); Ollama on this machine is asked without it.`,
    };
  }
  return {
    state: "warn",
    detail: `A proxy is set (${set.join(", ")}), and ${host} is asked without it.`,
    remedy: "If the server can only be reached through the proxy, forward a local port to it.",
  };
}
