import * as vscode from "vscode";

/** Fences name languages by their common names, the editor by its own. */
const editorNames: Readonly<Record<string, string>> = {
  yml: "yaml",
  kt: "kotlin",
  gradle: "groovy",
  sh: "shellscript",
  bash: "shellscript",
  console: "shellscript",
};

/** Opens a text as a new file that the person may save, under the editor's own language when it has it. */
export async function openUntitled(content: string, language: string): Promise<void> {
  const wanted = editorNames[language.toLowerCase()] ?? language.toLowerCase();
  const known = await vscode.languages.getLanguages();
  const document = await vscode.workspace.openTextDocument({
    content,
    language: known.includes(wanted) ? wanted : "plaintext",
  });
  await vscode.window.showTextDocument(document, { preview: false });
}
