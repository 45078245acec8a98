// What the field guide's own samples are worth where a model fails: of the symbols that each task of the package expects, the share that the offered
// sample has; beside it the sample of the section that a search finds first.
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundle, load, root } from "./support/bundle.mjs";

export const name = "samples";

/** Mean share of the expected symbols; less is a drop. */
const least = 0.69;

export async function run() {
  const temporary = await mkdtemp(path.join(tmpdir(), "docwright-samples-"));
  const { createEngine, parseTasks, tasksVersion, sampleIn } = await load(
    await bundle("samples", {
      "src/adapters/engine/engine": ["createEngine"],
      "src/core/tasks/task": ["parseTasks", "tasksVersion"],
      "src/core/sample/adaptSample": ["sampleIn"],
    }),
  );
  const engine = createEngine({ packageRoot: root, defaultStore: temporary });
  const { signal } = new AbortController();
  try {
    const folder = path.join(root, "docs-index", "tasks");
    const tasks = readdirSync(folder)
      .filter((file) => file.endsWith(".yaml"))
      .flatMap((file) => parseTasks(readFileSync(path.join(folder, file), "utf8"), file));
    const [offered, first] = [[], []].map(() => /** @type {number[]} */ ([]));
    for (const { instruction, expects } of tasks) {
      const share = (/** @type {string} */ code) =>
        expects.filter((/** @type {string} */ each) => each.split("|").some((one) => code.includes(one)))
          .length / expects.length;
      const sample = await engine.sample({ instruction, springBootVersion: tasksVersion }, signal);
      offered?.push(sample ? share(codeOf(sample)) : 0);
      const { results } = await engine.search(
        { question: instruction, count: 5, sets: ["field-guide-3.2"], springBootVersion: tasksVersion },
        signal,
      );
      let code = "";
      for (const { id } of results) {
        const { section } = await engine.openPassage({ passageId: id }, signal);
        const found = sampleIn(section, { title: "", passageId: id });
        if (found) code = codeOf({ code: found.java, others: found.others });
        if (code !== "") break;
      }
      first?.push(share(code));
    }
    const row = (/** @type {string} */ what, /** @type {readonly number[]} */ shares) => ({
      what,
      "expected symbols": Number((sum(shares) / shares.length).toFixed(3)),
      "all of them": `${shares.filter((each) => each === 1).length} of ${shares.length} tasks`,
    });
    const rows = [row("the sample that is offered", offered ?? []), row("the search's first", first ?? [])];
    const reached = rows[0]?.["expected symbols"] ?? 0;
    const failures = reached < least ? [`the offered samples have ${reached} of the expected symbols`] : [];
    return { rows, failures };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** @param {{ code: string, others: readonly { text: string }[] }} sample */
const codeOf = ({ code, others }) => [code, ...others.map(({ text }) => text)].join("\n");

const sum = (/** @type {readonly number[]} */ values) => values.reduce((all, each) => all + each, 0);
