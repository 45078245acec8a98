// Makes docs-index/calibration.json: the two calibrations that the package brings along, fitted on ../shared/bench/confidence. They carry
// parameters only. Run it again when src/core/calibration fits differently: node scripts/shippedCalibration.mjs
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "./shared/repositoryRoot.mjs";

const topics = ["cities", "elements", "facts", "inventions", "companies", "animals"];
const folder = path.join(repositoryRoot, "..", "shared", "bench", "confidence");
const { build } = await import("esbuild");
const { outputFiles } = await build({
  absWorkingDir: repositoryRoot,
  stdin: {
    contents: ["fit", "calibrationModel", "labelledCase"]
      .map((file) => `export * from "./src/core/calibration/${file}";`)
      .join(""),
    resolveDir: repositoryRoot,
  },
  bundle: true,
  format: "esm",
  platform: "browser",
  write: false,
});
const [bundle] = outputFiles;
if (!bundle) throw new Error("nothing was built");
const code = Buffer.from(bundle.contents).toString("base64");
const { fitCalibration, withoutExemplars, readCase } = await import(`data:text/javascript;base64,${code}`);

const cases = topics.flatMap((topic) =>
  readFileSync(path.join(folder, `${topic}.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line) => ({ ...readCase(line).value, group: topic })),
);
const fits = ["full-32", "last-position"].map((attributes) => {
  const result = fitCalibration({
    cases,
    attributes,
    fittedFor: {
      generator: "Mixtral-8x7B-Instruct-v0.1",
      quantisation: "MLX 4-bit",
      promptVersion: "Reexpress tutorial 6",
      what: "statements",
    },
    labels: ["wrong", "right"],
  });
  if (result.kind === "refused") throw new Error(result.why);
  return withoutExemplars(result.model);
});
const file = {
  format: "docwright-calibrations",
  about: "fitted on MLX 4-bit Mixtral, statements",
  fits,
};
writeFileSync(path.join(repositoryRoot, "docs-index", "calibration.json"), `${JSON.stringify(file)}\n`);
