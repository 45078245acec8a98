/** The page's own script. It builds all elements by text, never by markup: a document may hold anything. */
export const reportScript = `
const data = JSON.parse(document.getElementById("data").textContent);
const field = (id) => document.getElementById(id);
const index = new Map(data.words.words.map((word, at) => [word, data.words.vectors[at]]));
const wordsOf = (text) => text.toLowerCase().match(/[\\p{L}\\p{N}]{2,}/gu) ?? [];
const vectorOf = (text) => {
  const sum = [];
  for (const word of new Set(wordsOf(text))) (index.get(word) ?? []).forEach((value, at) => (sum[at] = (sum[at] ?? 0) + value));
  const length = Math.hypot(...sum);
  return length > 0 ? sum.map((value) => value / length) : undefined;
};
const vectors = data.cases.map(({ document: text }) => vectorOf(text));
const agree = ({ label, probability }) => label === undefined ? "no label" : (probability >= 0.5 ? 1 : 0) === label ? "right" : "wrong";
const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};
let shown = 50;
function list() {
  const words = wordsOf(field("words").value);
  const query = vectorOf(field("meaning").value);
  const group = field("group").value, verdict = field("verdict").value, kind = field("agree").value;
  let found = data.cases.map((each, at) => ({ each, at, score: 0 })).filter(({ each }) =>
    (group === "" || each.group === group) && (verdict === "" || each.verdict === verdict) && (kind === "" || agree(each) === kind) &&
    words.every((word) => each.document.toLowerCase().includes(word)));
  if (query) {
    for (const entry of found) entry.score = vectors[entry.at] ? vectors[entry.at].reduce((sum, value, d) => sum + value * query[d], 0) : -1;
    found = found.filter(({ score }) => score > 0.3).sort((a, b) => b.score - a.score);
  }
  field("count").textContent = found.length + " of " + data.cases.length;
  field("list").replaceChildren(...found.slice(0, shown).map(({ each }) => item(each)));
  field("more").hidden = found.length <= shown;
}
function item(each) {
  const li = make("li"), details = make("details"), summary = make("summary");
  summary.append(make("span", "text", each.document), make("span", agree(each), each.label === undefined ? "" : "is " + data.labels[each.label]),
    make("span", "p", (each.verdict === "cannot judge" ? "cannot judge" : data.labels[1] + " " + (each.probability * 100).toFixed(1) + " %")));
  details.append(summary);
  details.addEventListener("toggle", () => { if (details.open && details.childElementCount === 1) details.append(detail(each)); });
  li.append(details);
  return li;
}
function detail(each) {
  const box = make("div", "detail"), own = make("div"), near = make("div"), moved = make("div");
  own.append(make("h3", "", "This case"), make("p", "whole", each.document),
    make("p", "", each.verdict + ", between " + (each.low * 100).toFixed(0) + " % and " + (each.high * 100).toFixed(0) + " %"),
    make("p", "", "Nearest cases agree: " + (each.similarity * 100).toFixed(0) + " %. Nearer to what was seen than it: " + (each.distanceShare * 100).toFixed(0) + " %."),
    make("p", "", each.group + ", " + each.id));
  near.append(make("h3", "", "Nearest labelled cases"));
  if (each.exemplars.length === 0) near.append(make("p", "", "The calibration carries no cases."));
  const ul = make("ul");
  for (const { label, document: text, distance } of each.exemplars) ul.append(make("li", "", text + " (is " + data.labels[label] + ", " + distance.toFixed(1) + " away)"));
  near.append(ul);
  moved.append(make("h3", "", "What moved it (log-odds)"));
  const most = Math.max(0.01, ...each.moved.map(([, change]) => Math.abs(change)));
  for (const [attribute, change] of each.moved) {
    const line = make("div"), bar = make("span", change < 0 ? "bar minus" : "bar");
    bar.style.width = (5 * Math.abs(change) / most).toFixed(2) + "em";
    line.append(bar, document.createTextNode(attribute + " " + (change > 0 ? "+" : "") + change.toFixed(2)));
    moved.append(line);
  }
  box.append(own, near, moved);
  return box;
}
for (const id of ["words", "meaning", "group", "verdict", "agree"]) field(id).addEventListener("input", () => { shown = 50; list(); });
field("more").addEventListener("click", () => { shown += 100; list(); });
list();
`;
