/** Mends checked texts by the findings' own fixes, and looks at the result, again and again. */
import type { CheckedFile } from "../../core/checks/check";
import type { CheckReport } from "../../core/checks/checkReport";
import { mend, type Mended } from "../../core/checks/repair/mend";

/** What a fix brings to light may have a fix of its own; more looks than this find nothing more. */
const mostLooks = 3;

/** The report of the mended texts, or `first` where nothing can be mended. */
export async function mended(
  files: readonly CheckedFile[],
  first: CheckReport,
  look: (files: readonly CheckedFile[]) => Promise<CheckReport>,
): Promise<CheckReport> {
  let best = { files, report: first };
  const done: Mended[] = [];
  for (let looks = 0; looks < mostLooks; looks++) {
    const next = mend(best.files, best.report.files);
    if (next.done.length === 0) break;
    const texts = best.files.map((file, index) => ({ ...file, text: next.files[index]?.text ?? file.text }));
    const report = await look(texts);
    // What was hidden behind it may come to light; what was mended has to be gone.
    if (!isGone(next.done, report)) break;
    best = { files: texts, report };
    done.push(...next.done);
  }
  if (done.length === 0) return first;
  const kept = best.files.map(({ path, text }) => ({ path, text }));
  return { ...best.report, mended: { files: kept, done, before: first.files } };
}

const isGone = (done: readonly Mended[], { files }: CheckReport) =>
  done.every(({ path, message }) =>
    files.every((file) => file.path !== path || file.findings.every((each) => each.message !== message)),
  );
