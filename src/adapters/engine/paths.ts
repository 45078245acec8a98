import { homedir, platform } from "node:os";
import { join } from "node:path";

/**
 * The folder of indexes that every editor and the command line share: `$XDG_DATA_HOME/docwright` (or `~/.local/share/docwright`),
 * `~/Library/Application Support/docwright`, `%LOCALAPPDATA%\docwright`.
 */
export function defaultStoreFolder(environment: NodeJS.ProcessEnv): string {
  const home = homedir();
  switch (platform()) {
    case "win32":
      return join(environment["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "docwright");
    case "darwin":
      return join(home, "Library", "Application Support", "docwright");
    default:
      return join(environment["XDG_DATA_HOME"] ?? join(home, ".local", "share"), "docwright");
  }
}
