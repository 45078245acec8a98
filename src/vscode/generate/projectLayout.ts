/** Which files of a project an answer can be for: those of the module that a file belongs to. */
import * as vscode from "vscode";
import type { ProjectLayout } from "../../core/generate/filePlan";

const buildFiles = ["pom.xml", "build.gradle.kts", "build.gradle"];

/** More files than any module has. */
const mostFiles = 5_000;

/** Undefined for a file outside of every folder, and for a folder without a build file. */
export async function projectLayout(uri: vscode.Uri): Promise<ProjectLayout | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return undefined;
  const module = await moduleOf(uri, folder.uri);
  if (!module) return undefined;
  const sources = new vscode.RelativePattern(
    module,
    "src/*/{java,kotlin,resources}/**/*.{java,kt,yml,yaml,properties,sql}",
  );
  const found = await vscode.workspace.findFiles(sources, undefined, mostFiles);
  const builds = await Promise.all(
    buildFiles.map(async (name) => {
      const file = vscode.Uri.joinPath(module, name);
      return (await exists(file)) ? [file] : [];
    }),
  );
  return { directory: module.path, files: [...builds.flat(), ...found].map(({ path }) => path) };
}

/** The nearest folder above that has a build file. */
async function moduleOf(uri: vscode.Uri, root: vscode.Uri): Promise<vscode.Uri | undefined> {
  for (
    let at = vscode.Uri.joinPath(uri, "..");
    at.path.startsWith(root.path);
    at = vscode.Uri.joinPath(at, "..")
  ) {
    for (const name of buildFiles) if (await exists(vscode.Uri.joinPath(at, name))) return at;
    if (at.path === root.path || at.path === "/") return undefined;
  }
  return undefined;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
