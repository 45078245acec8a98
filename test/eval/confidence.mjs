/**
 * How far the confidence can be trusted on topics that no fit has seen. The cases are statements on six topics with what a re-ask of
 * Mixtral gave (../shared/bench/confidence). Each topic is left out in turn, and three topics at a time; what was left out is judged.
 * Draws of 245 cases of the left-out topics stand for a further set of that size.
 *
 * No Mixtral runs here, so what is unlike anything seen is made from the rows: values exchanged between cases, noise, shifts.
 * Figures of time are CPU time, because the machine may be busy.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export const name = "confidence";

const root = fileURLToPath(new URL("../..", import.meta.url));
const topics = ["cities", "elements", "facts", "inventions", "companies", "animals"];
const triples = [
  ["cities", "elements", "facts"],
  ["inventions", "companies", "animals"],
  ["cities", "inventions", "animals"],
  ["elements", "facts", "companies"],
];
const least = {
  auroc: { "full-32": 0.85, "last-position": 0.82 },
  admitted: 0.25,
  right: 0.95,
  outside: 0.95,
};
/**
 * Where a target is not reached yet: what there is, less noise. `--check` holds the figures to these; without it every target that is
 * missed is named.
 */
const today = {
  calibrationExcess: { "full-32": 0, "last-position": 0.01 },
  outside: {
    "full-32": { exchanged: 0.95, noise: 0.95, shifted: 0.95 },
    "last-position": { exchanged: 0.93, noise: 0.95, shifted: 0.5 },
  },
  calibrateMilliseconds: 9000,
};
const fittedFor = { generator: "bench", quantisation: "", promptVersion: "", what: "statements" };
const draws = 100;
const drawSize = 245;

async function core() {
  const files = [
    "fit",
    "predict",
    "labelledCase",
    "calibrationModel",
    "figures/calibrationError",
    "figures/coverage",
    "figures/ranking",
    "learn/random",
    "learn/platt",
  ];
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: files.map((file) => `export * from "./src/core/calibration/${file}";`).join(""),
      resolveDir: root,
    },
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
    logLevel: "silent",
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}

export async function run({ shared, check, cli }) {
  const calibration = await core();
  const cases = Object.fromEntries(topics.map((topic) => [topic, readTopic(calibration, shared, topic)]));
  const rows = [];
  const failures = [];
  for (const set of ["full-32", "last-position"]) {
    const judged = judgeLeftOut(calibration, cases, set);
    const figures = figuresOf(calibration, judged);
    rows.push(...figures.rows.map((row) => ({ set, ...row })));
    const { auroc, admitted, right, withinPerfect, medianError, medianPerfect } = figures.drawn;
    rows.push({ set, judged: `draws of ${drawSize}, mean`, ...figures.drawn });
    if (auroc < least.auroc[set])
      failures.push(`${set}: AUROC on unseen topics is ${auroc}, not ${least.auroc[set]}`);
    if (admitted < least.admitted)
      failures.push(`${set}: ${admitted} admitted at .95, not ${least.admitted}`);
    if (right < least.right) failures.push(`${set}: ${right} of the admitted right, not ${least.right}`);
    if (medianError > medianPerfect + (check ? today.calibrationExcess[set] : 0))
      failures.push(
        `${set}: the median ECE ${medianError} is above a perfect predictor's 90th percentile ${medianPerfect}`,
      );
    rows.push({
      set,
      judged: "draws whose ECE a perfect predictor would show nine times in ten",
      share: withinPerfect,
    });
    for (const [what, share] of unlike(calibration, cases, set)) {
      rows.push({ set, judged: `unlike: ${what}`, "cannot judge": share });
      const floor = check ? floorOf(set, what) : least.outside;
      if (share < floor) failures.push(`${set}: of ${what} only ${share} "cannot judge"`);
    }
  }
  const measured = await measureCommands(shared, cli, check);
  rows.push(...measured.rows);
  failures.push(...measured.failures);
  return { rows, failures };
}

function floorOf(set, what) {
  const { exchanged, noise, shifted } = today.outside[set];
  return what.includes("exchanged") ? exchanged : what.includes("noise") ? noise : shifted;
}

function readTopic({ readCase }, shared, topic) {
  const text = readFileSync(path.join(shared, "bench", "confidence", `${topic}.jsonl`), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => ({ ...readCase(line).value, group: topic }));
}

/** Predictions for what was left out: by topic with the five others fitted, and by the other three with three fitted. */
function judgeLeftOut({ fitCalibration, createPredictor, withoutExemplars }, cases, set) {
  const judge = (fitted, judgedTopics) => {
    const { model, why } = fitCalibration({
      cases: fitted.flatMap((topic) => cases[topic]),
      attributes: set,
      fittedFor,
      labels: ["0", "1"],
    });
    if (!model) throw new Error(why);
    const predictor = createPredictor(withoutExemplars(model));
    return judgedTopics.map((topic) => ({
      topic,
      labels: cases[topic].map(({ label }) => label),
      predictions: cases[topic].map(({ attributes }) => predictor.predict(attributes)),
    }));
  };
  return {
    single: topics.flatMap((topic) =>
      judge(
        topics.filter((other) => other !== topic),
        [topic],
      ),
    ),
    triple: triples.map((fitted) =>
      judge(
        fitted,
        topics.filter((topic) => !fitted.includes(topic)),
      ),
    ),
  };
}

function figuresOf(calibration, { single, triple }) {
  const rows = single.map(({ topic, labels, predictions }) => ({
    judged: `${topic}, five others fitted`,
    ...figures(calibration, labels, predictions),
  }));
  for (const judged of triple) {
    rows.push({
      judged: `${judged.map(({ topic }) => topic).join(", ")}; three others fitted`,
      ...figures(
        calibration,
        judged.flatMap(({ labels }) => labels),
        judged.flatMap(({ predictions }) => predictions),
      ),
    });
  }
  return { rows, drawn: drawSets(calibration, [single, ...triple]) };
}

function figures(
  { auroc, coverageAt, expectedCalibrationError, perfectCalibrationError, brier },
  labels,
  predictions,
) {
  const probabilities = predictions.map(({ probability }) => probability);
  const { coverage, accuracy = 1 } = coverageAt(labels, probabilities, 0.95);
  return {
    cases: labels.length,
    auroc: round(auroc(labels, probabilities)),
    brier: round(brier(labels, probabilities)),
    admitted: round(coverage),
    right: round(accuracy),
    ece: round(expectedCalibrationError(labels, probabilities)),
    "perfect, 90 %": round(perfectCalibrationError(probabilities, { draws: 200 })),
    "cannot judge": round(
      predictions.filter(({ verdict }) => verdict === "cannot judge").length / labels.length,
    ),
  };
}

/** Sets of 245 cases, as many of each left-out topic, over all ways of leaving out. */
function drawSets(calibration, pools) {
  const { createRandom, auroc, coverageAt, expectedCalibrationError, perfectCalibrationError } = calibration;
  const random = createRandom(5);
  const sets = Array.from({ length: draws }, (_, draw) => {
    const pool = pools[draw % pools.length];
    const picked = Array.from({ length: drawSize }, (__, index) => {
      const { labels, predictions } = pool[index % pool.length];
      const at = Math.floor(random() * labels.length);
      return { label: labels[at], probability: predictions[at].probability };
    });
    const labels = picked.map(({ label }) => label);
    const probabilities = picked.map(({ probability }) => probability);
    const point = coverageAt(labels, probabilities, 0.95);
    return {
      auroc: auroc(labels, probabilities),
      admitted: point.coverage,
      right: point.accuracy ?? 1,
      error: expectedCalibrationError(labels, probabilities),
      perfect: perfectCalibrationError(probabilities, { draws: 200, seed: draw }),
    };
  });
  const mean = (key) => round(sets.reduce((sum, set) => sum + set[key], 0) / sets.length);
  const median = (key) =>
    round(sets.map((set) => set[key]).sort((a, b) => a - b)[Math.floor(sets.length / 2)]);
  return {
    auroc: mean("auroc"),
    admitted: mean("admitted"),
    right: mean("right"),
    medianError: median("error"),
    medianPerfect: median("perfect"),
    withinPerfect: round(sets.filter(({ error, perfect }) => error <= perfect).length / sets.length),
  };
}

/** Rows that no statement gives, judged by a fit of five topics; made from the rows of the sixth. */
function unlike({ fitCalibration, createPredictor, withoutExemplars, createRandom }, cases, set) {
  const random = createRandom(17);
  const { model } = fitCalibration({
    cases: topics.slice(0, 5).flatMap((topic) => cases[topic]),
    attributes: set,
    fittedFor,
    labels: ["0", "1"],
  });
  const predictor = createPredictor(withoutExemplars(model));
  const rows = cases.animals.map(({ attributes }) => attributes);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const deviations = rows[0].map((_, column) => {
    const values = rows.map((row) => row[column]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  });
  const signs = deviations.map(() => (random() < 0.5 ? -1 : 1));
  const kinds = {
    "values exchanged between cases": (row) =>
      row.map((_, column) => rows[Math.floor(random() * rows.length)][column]),
    "noise of one deviation": (row) => row.map((value, column) => value + normal() * deviations[column]),
    "all attributes shifted by one deviation": (row) =>
      row.map((value, column) => value + signs[column] * deviations[column]),
  };
  return Object.entries(kinds).map(([what, change]) => {
    const judged = rows.map((row) => predictor.predict(change(row)).verdict);
    return [what, round(judged.filter((verdict) => verdict === "cannot judge").length / rows.length)];
  });
}

/** Time and memory of the commands, as a person runs them, on all cases. */
async function measureCommands(shared, cli, check) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "docwright-confidence-"));
  try {
    const file = (topic) => path.join(shared, "bench", "confidence", `${topic}.jsonl`);
    const model = path.join(folder, "m.json");
    const one = path.join(folder, "one.jsonl");
    writeFileSync(one, `${readFileSync(file("facts"), "utf8").split("\n")[0]}\n`);
    const predict = (input) => [
      "predict",
      "--model",
      model,
      "--input",
      input,
      "--out",
      path.join(folder, "p.jsonl"),
    ];
    const fit = await measure(cli, [
      "calibrate",
      ...["--train", ...topics.slice(0, 3).map(file)],
      ...["--calibration", ...topics.slice(3).map(file)],
      ...["--out", model],
    ]);
    const many = await measure(cli, predict(file("cities")));
    const single = await measure(cli, predict(one));
    const each = (many.milliseconds - single.milliseconds) / 1457;
    const rows = [
      {
        judged: "calibrate on 6,085 cases",
        seconds: round(fit.milliseconds / 1000),
        megabytes: fit.megabytes,
      },
      { judged: "predict, each of 1,458", milliseconds: round(each), megabytes: many.megabytes },
    ];
    const failures = [];
    const longest = check ? today.calibrateMilliseconds : 5000;
    if (fit.milliseconds > longest)
      failures.push(`calibrating takes ${fit.milliseconds} ms of CPU, not ${longest}`);
    if (each > 5) failures.push(`predicting one case takes ${each} ms, not 5`);
    if (Math.max(fit.megabytes, many.megabytes) > 300)
      failures.push(`memory is ${fit.megabytes} MB, not 300`);
    return { rows, failures };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** CPU time and peak memory of a command; it says both itself at its end, through a preloaded line. */
async function measure(cli, words) {
  const report = `process.on("exit",()=>{const u=process.resourceUsage();console.log(JSON.stringify({t:(u.userCPUTime+u.systemCPUTime)/1000,m:u.maxRSS/1024}))})`;
  const child = spawn(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(report)}`, cli, ...words],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let out = "";
  for await (const chunk of child.stdout) out += chunk;
  const last = JSON.parse(out.trim().split("\n").at(-1));
  return { milliseconds: Math.round(last.t), megabytes: Math.round(last.m) };
}

function round(value) {
  return Math.round(value * 1000) / 1000;
}
