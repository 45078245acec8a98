import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as vscode from "vscode";
import { contributedCommands, innerCommands } from "../../src/vscode/commandIds";
import { settingDefaults } from "../../src/vscode/settings";
import { extensionId, until } from "./support/workspace";

/** Milliseconds to load an extension's code and to run `activate`, from the table of the editor's "Startup Performance". */
function activationTime(report: string, id: string): number | undefined {
  const rows = report.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const [, , , load, activate] = rows.find(([, name, eager]) => name === id && eager !== undefined) ?? [];
  return load === undefined ? undefined : Number(load) + Number(activate);
}

describe("activation", () => {
  it("registers every command", async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension, "the extension is there");
    await extension.activate();
    const known = new Set(await vscode.commands.getCommands(true));
    const names = [...contributedCommands, ...innerCommands].map((name) => `docwright.${name}`);
    assert.deepEqual(
      names.filter((name) => !known.has(name)),
      [],
    );
  });

  it("loads a small bundle quickly, and nothing heavy with it", async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension);
    const file = join(extension.extensionPath, "dist", "extension.cjs");
    const bundle = await readFile(file, "utf8");
    assert.ok(bundle.length < 300_000, `the bundle has ${bundle.length} characters`);
    for (const heavy of ["onnxruntime", "llamaindex", "pdfjs", "asciidoctor"]) {
      assert.ok(!bundle.includes(heavy), `${heavy} is not part of the bundle`);
    }
    // Reading, compiling and running the module anew: the part of activation that grows with what is imported.
    const times = Array.from({ length: 5 }, () => {
      const load = createRequire(file);
      Reflect.deleteProperty(load.cache, load.resolve(file));
      const started = performance.now();
      load(file);
      return performance.now() - started;
    });
    const fastest = Math.min(...times);
    console.log(`      loading the bundle: ${fastest.toFixed(1)} ms`);
    // Generous, because other tests and servers share the processor; 30 to 50 ms are usual.
    assert.ok(fastest < 300, `loading took ${fastest.toFixed(1)} ms`);
  });

  it("activates in little more time than an extension that does nothing, by the editor's own clock", async () => {
    const empty = vscode.extensions.getExtension("docwright-test.empty");
    assert.ok(empty, "the empty extension is there");
    await Promise.all([empty.activate(), vscode.extensions.getExtension(extensionId)?.activate()]);
    await vscode.commands.executeCommand("perfview.show");
    const { ours, theirs } = await until("both in the editor's report", () => {
      const report = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "perf")?.getText() ?? "";
      const [ours, theirs] = [activationTime(report, extensionId), activationTime(report, empty.id)];
      return ours === undefined || theirs === undefined ? undefined : { ours, theirs };
    });
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    console.log(
      `      activation: ${ours} ms, of an empty extension ${theirs} ms; ` +
        `${ours - theirs} ms more, ${(ours / Math.max(1, theirs)).toFixed(1)} times`,
    );
    // Generous, because other tests and servers share the processor.
    assert.ok(ours - theirs < 500, `activation took ${ours} ms, of an empty extension ${theirs} ms`);
  });

  it("finds the settings that package.json declares", () => {
    const configuration = vscode.workspace.getConfiguration("docwright");
    for (const [key, value] of Object.entries(settingDefaults)) {
      assert.deepEqual(configuration.inspect(key)?.defaultValue, value, key);
    }
  });
});
