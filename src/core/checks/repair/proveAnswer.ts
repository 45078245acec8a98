/**
 * Checks a written answer against its project and makes it better as far as that goes: first what can be mended without the model, then by
 * the model, with the compiler's words. The better version is kept; the answer as it came is the caller's to keep beside it.
 */
import type { AnswerRequest, AnswerResult } from "../../answer/answer";
import { codeBlocks } from "../../answer/codeBlocks";
import type { CheckReport, CheckRequest, NotChecked } from "../checkReport";
import type { Finding } from "../finding";
import { checkedBlocks, codePieces, piecesRequest, plainNotes, type CheckedBlock } from "./codePieces";
import { weightOf, type Mended } from "./mend";
import { mostRounds, repairable, repairRequest } from "./repairRequest";

export interface ProveProps {
  readonly check: (request: CheckRequest, signal: AbortSignal) => Promise<CheckReport>;
  /** Absent: the model is not asked again. */
  readonly answer?: (request: AnswerRequest, signal: AbortSignal) => Promise<AnswerResult>;
  /** Folder of the module that the code is for. */
  readonly directory: string;
  readonly about: Omit<CheckRequest, "files" | "mend">;
}

/** One version of an answer, as it was found. */
export interface ProvenVersion {
  /** The answer, mended as far as that went. */
  readonly text: string;
  readonly blocks: readonly CheckedBlock[];
  readonly findings: readonly Finding[];
  readonly mended: readonly Mended[];
  readonly notChecked: readonly NotChecked[];
  readonly judgedBy: CheckReport["judgedBy"];
}

export interface ProvenAnswer {
  /** Findings of the answer as it came. */
  readonly before: readonly Finding[];
  /** The version that is kept. */
  readonly best: ProvenVersion;
  /** How often the model was asked to mend it, and which of these answers was kept, from 1; 0 for the first. */
  readonly rounds: number;
  readonly kept: number;
}

export async function proveAnswer(
  request: AnswerRequest,
  text: string,
  props: ProveProps,
  signal: AbortSignal,
): Promise<ProvenAnswer> {
  let best = await look(text, props, signal);
  const before = best.blocks.flatMap((block) => block.before);
  let [rounds, kept] = [0, 0];
  while (props.answer && rounds < mostRounds) {
    const wrong = repairable(best.findings);
    if (wrong.length === 0 || best.blocks.length === 0) break;
    rounds++;
    const texts = best.blocks.flatMap(({ text: code, findings }) =>
      [...new Set(findings.map(({ path }) => path))].map((path) => ({ path, text: code })),
    );
    const again = await props.answer(repairRequest(request, best.text, wrong, texts), signal);
    const next = await look(again.text, props, signal);
    if (next.blocks.length === 0 || weight(next) >= weight(best)) break;
    best = next;
    kept = rounds;
  }
  return { before, best, rounds, kept };
}

const weight = ({ findings }: ProvenVersion) => weightOf([{ path: "", findings }]);

async function look(text: string, props: ProveProps, signal: AbortSignal): Promise<ProvenVersion> {
  const pieces = codeBlocks(text).map((block, index) => codePieces(block, props.directory, index));
  const request = piecesRequest(pieces, props.about);
  const report = request.files.length > 0 ? await props.check(request, signal) : undefined;
  const blocks = report ? checkedBlocks(pieces, report) : [];
  let mended = text;
  for (const { block, text: code } of blocks) {
    // A function: a replacement text would give its own meaning to `$`.
    if (code !== block.text) mended = mended.replace(block.text, () => code);
  }
  return {
    text: mended,
    blocks,
    findings: blocks.flatMap(({ findings }) => findings),
    mended: blocks.flatMap((block) => block.mended),
    notChecked: plainNotes(report?.notChecked ?? []),
    judgedBy: report?.judgedBy ?? "nothing",
  };
}
