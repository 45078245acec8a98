import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** Where Ollama's installers put the program beside the PATH: an editor started from a desktop often has a short PATH. */
const usualFolders: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ["/usr/local/bin", "/usr/bin", "/snap/bin"],
  darwin: ["/usr/local/bin", "/opt/homebrew/bin", "/Applications/Ollama.app/Contents/Resources"],
};

/** True when the program `ollama` is on this machine, as far as its usual places tell. */
export async function isOllamaInstalled(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  signal: AbortSignal,
): Promise<boolean> {
  const program = platform === "win32" ? "ollama.exe" : "ollama";
  const local = environment["LOCALAPPDATA"];
  const folders = [
    ...(environment["PATH"] ?? environment["Path"] ?? "").split(delimiter).filter((folder) => folder !== ""),
    ...(usualFolders[platform] ?? []),
    ...(platform === "win32" && local ? [join(local, "Programs", "Ollama")] : []),
  ];
  for (const folder of folders) {
    signal.throwIfAborted();
    const found = await access(join(folder, program), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}
