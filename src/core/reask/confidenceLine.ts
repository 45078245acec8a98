import type { AnswerConfidence } from "./confidence";

/** One line for a terminal. A number is shown only where it means something. */
export function confidenceLine({
  mark,
  probability,
  interval,
  provisional,
  rawYes,
}: AnswerConfidence): string {
  if (mark === "uncalibrated" || probability === undefined || interval === undefined) {
    return `Confidence: uncalibrated for this model (asked again, it says yes with ${percent(rawYes)}, which means nothing by itself).`;
  }
  const range = `${percent(probability)}, between ${percent(interval[0])} and ${percent(interval[1])}`;
  return `Confidence: ${mark} (${range})${provisional === undefined ? "" : `; provisional, ${provisional}`}.`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
