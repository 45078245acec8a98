/** Directions between the layers and the absence of import cycles; ARCHITECTURE.md says why. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const source = resolve(import.meta.dirname, "..", "..", "src");

const allowed: Readonly<Record<string, readonly string[]>> = {
  core: ["core"],
  protocol: ["core", "protocol"],
  adapters: ["adapters", "core", "protocol"],
  vscode: ["vscode", "core", "protocol"],
  webview: ["webview", "core", "protocol"],
  cli: ["cli", "core", "adapters"],
  "extension.ts": ["vscode", "adapters", "core", "protocol"],
  "placing.ts": ["core"],
  "obtaining.ts": ["adapters"],
  "worker.ts": ["adapters", "core", "protocol"],
  "embedWorker.ts": ["adapters", "core", "protocol"],
};

/** Pure functions over text; they read no file and open no connection. */
const pureLibraries = [
  "diff",
  "dot-properties",
  "fast-xml-parser",
  "fastest-levenshtein",
  "re2js",
  "smol-toml",
  "yaml",
  "zod",
  "zod/mini",
];

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.split(sep).join("/"));

const imports: readonly Import[] = files.flatMap((file) =>
  importedNames(file).flatMap((name) => {
    if (!name.startsWith(".")) return [];
    const target = relative(source, resolve(dirname(join(source, file)), name))
      .split(sep)
      .join("/");
    return [{ from: file, to: target }];
  }),
);

/** All module names of a file: imports, type imports, exports from, dynamic imports. */
function importedNames(file: string): readonly string[] {
  const text = readFileSync(join(source, file), "utf8");
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

const layerOf = (file: string) => file.split("/")[0] ?? file;

test("every file belongs to a layer", () => {
  expect(files.filter((file) => !Object.hasOwn(allowed, layerOf(file)))).toEqual([]);
});

describe("directions", () => {
  test.each(Object.keys(allowed))("%s imports only what it may", (layer) => {
    const wrong = imports.filter(({ from, to }) => {
      if (layerOf(from) !== layer || to.endsWith(".json")) return false;
      return !(allowed[layer] ?? []).includes(layerOf(to));
    });
    expect(wrong).toEqual([]);
  });

  test("core imports no library but pure functions over text", () => {
    const libraries = files
      .filter((file) => layerOf(file) === "core")
      .flatMap((file) => importedNames(file).filter((name) => !name.startsWith(".")));
    expect(libraries.filter((name) => !pureLibraries.includes(name))).toEqual([]);
  });
});

test("there is no import cycle", () => {
  const graph = new Map<string, string[]>();
  const known = new Set(files);
  for (const { from, to } of imports) {
    const target = [`${to}.ts`, to.replace(/\.js$/, ".ts"), to].find((each) => known.has(each));
    if (target !== undefined) graph.set(from, [...(graph.get(from) ?? []), target]);
  }
  expect(graph.size).toBeGreaterThan(50);
  expect(cycles(graph)).toEqual([]);
});

/** The path of each cycle that a depth-first walk closes. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(" -> "));
    if (start >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
