import { changesText } from "../../core/changes/changesText";
import type { Command, ParsedCommand } from "../command";
import { badArgument, isSet, jsonFlag, store, storeFlag, versionOf } from "../flags";

export const changes: Command = {
  operands: '["question or heading"]',
  summary: "Say what changed between two versions whose documents are both indexed.",
  flags: {
    from: {
      type: "string",
      value: "V",
      help: "the older version, for example 3.2.1; a line means its newest",
    },
    to: { type: "string", value: "V", help: "the newer version, for example 3.2.12" },
    store: storeFlag,
    json: jsonFlag,
  },
  async run(parsed, context, signal) {
    const [from, to] = [neededVersion(parsed, "from"), neededVersion(parsed, "to")];
    const about = parsed.positionals.join(" ").trim();
    const found = await context.engine.changes(
      { from, to, ...store(parsed, context), ...(about !== "" && { about }) },
      signal,
    );
    context.terminal.answer(isSet(parsed, "json") ? `${JSON.stringify(found)}\n` : changesText(found));
    if (found.narrowed?.answered === false) {
      context.terminal.say("The documents do not seem to answer this.");
    }
    return found.changes.length > 0 ? 0 : 1;
  },
};

function neededVersion(parsed: ParsedCommand, flag: "from" | "to"): string {
  const version = versionOf(parsed, flag);
  if (version === undefined)
    throw badArgument("docwright changes needs --from and --to, each with a version.");
  return version;
}
