import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "../../../scripts/shared/repositoryRoot.mjs";

const notices = readFileSync(join(repositoryRoot, "dist", "THIRD-PARTY-NOTICES.txt"), "utf8");
const packages = [...notices.matchAll(/^-{80}\n\n(\S+) (\S+) \((.+)\)$/gm)].map(
  ([, name = "", , licence = ""]) => ({
    name,
    licence,
  }),
);

test("the package tells of what it holds", () => {
  const names = packages.map(({ name }) => name);
  for (const name of ["@llamaindex/core", "@vscode/codicons", "ollama", "onnxruntime-web", "vectra", "zod"]) {
    expect(names).toContain(name);
  }
  expect(notices).toContain("Copyright (c) Microsoft Corporation");
});

test("every licence lets it be part of an Apache-2.0 package", () => {
  const free =
    /\b(?:MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0)\b/;
  const icons = packages.filter(({ licence }) => licence === "CC-BY-4.0").map(({ name }) => name);
  expect(icons).toEqual(["@vscode/codicons"]);
  expect(packages.filter(({ name, licence }) => !icons.includes(name) && !free.test(licence))).toEqual([]);
});
