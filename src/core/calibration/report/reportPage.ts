import { mostSurprising, type ReportData, type ReportFigures } from "./reportData";
import { reportScript } from "./reportScript";
import { reportStyle } from "./reportStyle";

/** One page that needs nothing else: no address is called, no script is loaded. */
export function reportPage(data: ReportData): string {
  const { fittedFor, attributes, cases } = data;
  // "<" would let a document end the script element.
  const json = JSON.stringify({
    cases: mostSurprising(cases),
    words: data.words,
    labels: data.labels,
  }).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Calibration report</title><style>${reportStyle}</style></head><body>
<header><h1>Calibration report</h1>
<p>${cases.length} cases, judged by a calibration for <b>${escape(attributes)}</b>, fitted for ${escape(fittedFor.generator)} (${escape(fittedFor.quantisation)}), ${escape(fittedFor.what)}, prompt ${escape(fittedFor.promptVersion)}.</p></header>
${data.all ? figuresSection(data, data.all) : "<p>No case has a label, so there are no figures.</p>"}
<section><h2>Cases</h2>
<div class="controls">
<input id="words" type="search" placeholder="Search by word" aria-label="Search by word">
<input id="meaning" type="search" placeholder="Search by meaning" aria-label="Search by meaning">
${select("group", "All partitions", [...new Set(cases.map(({ group }) => group))])}
${select("verdict", "All verdicts", ["likely right", "likely wrong", "unsure", "cannot judge"])}
${select("agree", "Right and wrong", ["right", "wrong", "no label"])}
<span id="count" role="status"></span></div>
<ol id="list"></ol><button id="more" type="button">Show more</button></section>
<script type="application/json" id="data">${json}</script><script>${reportScript}</script></body></html>
`;
}

function figuresSection(data: ReportData, all: ReportFigures): string {
  const { labels, confusion, groups, threshold } = data;
  const rows = [...groups, ...(groups.length > 1 ? [all] : [])].map(
    ({ name, cases, auroc, brier, ece, perfect, admitted, right }) =>
      `<tr><th scope="row">${escape(name)}</th><td>${cases}</td><td>${number(auroc)}</td><td>${number(brier)}</td><td>${number(ece)}</td><td>${number(perfect)}</td><td>${percent(admitted)}</td><td>${percent(right)}</td></tr>`,
  );
  return `<section class="figures">
<figure><figcaption>Reliability: how often cases of a confidence are right</figcaption>${reliabilityDiagram(data)}</figure>
<figure><figcaption>Coverage against accuracy: what is left when only the surer are admitted</figcaption>${coverageDiagram(data)}</figure>
<figure><figcaption>Confusion</figcaption><table><tr><th></th><th>judged ${escape(labels[0])}</th><th>judged ${escape(labels[1])}</th><th>cannot judge</th></tr>
${confusion.map((row, label) => `<tr><th scope="row">is ${escape(labels[label === 0 ? 0 : 1])}</th>${row.map((count, at) => `<td class="${at === label ? "hit" : ""}">${count}</td>`).join("")}</tr>`).join("")}</table></figure></section>
<section><h2>By partition</h2><table><tr><th></th><th>cases</th><th>AUROC</th><th>Brier</th><th>ECE</th><th title="90th percentile of a perfectly calibrated predictor with the same probabilities">perfect, 90 %</th><th>admitted at ${threshold}</th><th>right of these</th></tr>${rows.join("")}</table></section>`;
}

const size = 260;
const edge = 34;
const across = (share: number) => edge + share * (size - edge - 10);
const up = (share: number) => size - edge - share * (size - edge - 10);

/** Both diagrams show one half to one on the axis of accuracy or confidence. */
function reliabilityDiagram({ bins }: ReportData): string {
  const half = (value: number) => (value - 0.5) * 2;
  const most = Math.max(1, ...bins.map(({ cases }) => cases));
  const dots = bins
    .filter(({ cases }) => cases > 0)
    .map(
      ({ from, to, cases, confidence, accuracy }) =>
        `<circle cx="${across(half(confidence)).toFixed(1)}" cy="${up(Math.max(0, half(accuracy))).toFixed(1)}" r="${(3 + 7 * Math.sqrt(cases / most)).toFixed(1)}"><title>${from} to ${to}: ${cases} cases, confidence ${number(confidence)}, right ${number(accuracy)}</title></circle>`,
    );
  return frame(
    `<line class="ideal" x1="${across(0)}" y1="${up(0)}" x2="${across(1)}" y2="${up(1)}"/>${dots.join("")}`,
    ["0.5", "confidence", "1"],
    ["0.5", "right", "1"],
  );
}

function coverageDiagram({ coverage }: ReportData): string {
  const points = coverage
    .filter(({ accuracy }) => accuracy !== undefined)
    .map(
      ({ coverage: share, accuracy = 0 }) =>
        `${across(share).toFixed(1)},${up(Math.max(0, (accuracy - 0.5) * 2)).toFixed(1)}`,
    );
  return frame(`<polyline points="${points.join(" ")}"/>`, ["0", "admitted", "1"], ["0.5", "right", "1"]);
}

function frame(
  content: string,
  x: readonly [string, string, string],
  y: readonly [string, string, string],
): string {
  const bottom = size - edge + 16;
  return `<svg viewBox="0 0 ${size} ${size}" role="img"><path class="axis" d="M${edge} 10V${size - edge}H${size - 10}"/>${content}
<text x="${edge}" y="${bottom}">${x[0]}</text><text x="${size / 2}" y="${bottom}" text-anchor="middle">${x[1]}</text><text x="${size - 10}" y="${bottom}" text-anchor="end">${x[2]}</text>
<text x="${edge - 4}" y="${size - edge}" text-anchor="end">${y[0]}</text><text x="${edge - 4}" y="${size / 2}" text-anchor="end">${y[1]}</text><text x="${edge - 4}" y="20" text-anchor="end">${y[2]}</text></svg>`;
}

function select(id: string, all: string, options: readonly string[]): string {
  return `<select id="${id}" aria-label="${all}"><option value="">${all}</option>${options.map((option) => `<option>${escape(option)}</option>`).join("")}</select>`;
}

function number(value: number | undefined): string {
  return value === undefined ? "–" : value.toFixed(3);
}

function percent(value: number | undefined): string {
  return value === undefined ? "–" : `${(value * 100).toFixed(1)} %`;
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
