import type { ReviewedLabel } from "../../core/reask/labelRequests";
import type { Command } from "../command";
import { badArgument, isSet, jsonFlag, text } from "../flags";

const words = { right: 1, wrong: 0, none: undefined } as const;

export const labels: Command = {
  operands: "",
  summary:
    "Show the answers of which this machine knows whether they were right, least certain first, or correct one of them.",
  flags: {
    correct: { type: "string", value: "ID", help: "the answer to correct" },
    to: { type: "string", value: "right|wrong|none", help: "what it is; none forgets it" },
    json: jsonFlag,
  },
  async run(parsed, { engine, terminal }, signal) {
    const id = text(parsed, "correct");
    const to = text(parsed, "to");
    if ((id === undefined) !== (to === undefined)) throw badArgument("--correct and --to go together.");
    const known = await engine.labels({}, signal);
    if (id !== undefined && to !== undefined) {
      if (!isWord(to)) throw badArgument(`--to takes right, wrong or none, not "${to}".`);
      if (!known.some((label) => label.id === id)) throw badArgument(`There is no label ${id}.`);
      const label = words[to];
      await engine.correctLabel({ id, ...(label !== undefined && { label }) }, signal);
      terminal.say(to === "none" ? `${id} is forgotten.` : `${id} is ${to}.`);
      return 0;
    }
    if (isSet(parsed, "json")) terminal.answer(`${JSON.stringify(known)}\n`);
    else for (const label of known) terminal.answer(`${lineOf(label)}\n`);
    if (known.length === 0)
      terminal.say("There are no labels; the editor keeps them when the setting docwright.keepLabels is on.");
    return known.length > 0 ? 0 : 1;
  },
};

function isWord(word: string): word is keyof typeof words {
  return Object.hasOwn(words, word);
}

function lineOf({ id, label, source, model, kind, question, probability }: ReviewedLabel): string {
  const sure = probability === undefined ? "   -" : `${Math.round(probability * 100)} %`.padStart(5);
  const asked = question.replaceAll(/\s+/g, " ").slice(0, 60);
  return `${id}  ${label === 1 ? "right" : "wrong"} (${source})  ${sure}  ${model}, ${kind}: ${asked}`;
}
