import type { IndexRequest } from "../../core/engine";
import type { Command } from "../command";
import { wishesOf, wishFlags } from "../documentWishes";
import { badArgument, isSet, jsonFlag, springBoot, springBootFlag, store, storeFlag, text } from "../flags";
import { indexSources, obtainAll, reportText } from "../indexing";

export const indexDocuments: Command = {
  operands: "<path|url>… | --dependencies",
  summary:
    "Index reference documents: PDF, HTML, AsciiDoc, Markdown and text; files, folders, addresses or sites.",
  flags: {
    ...wishFlags,
    store: storeFlag,
    name: { type: "string", value: "N", help: "name of the document set (default: its title)" },
    "spring-boot": { ...springBootFlag, help: "the version the documents are for (default: read from them)" },
    json: jsonFlag,
  },
  async run(parsed, context, signal) {
    const { terminal } = context;
    const wishes = wishesOf(parsed, context.directory);
    const name = text(parsed, "name") ?? wishes[0]?.name;
    if (name?.trim() === "") throw badArgument("--name needs a name.");
    for (const { notice } of wishes) if (notice !== undefined) terminal.say(notice);
    const version = wishes[0]?.springBootVersion;
    const options: Omit<IndexRequest, "sources"> = {
      ...store(parsed, context),
      ...(version !== undefined && { springBootVersion: version }),
      ...springBoot(parsed),
      ...(name !== undefined && { name }),
    };
    const sources = await obtainAll(
      wishes.map(({ wish }) => wish),
      context,
      signal,
    );
    const report = await indexSources({ ...options, sources }, context, signal);
    terminal.answer(isSet(parsed, "json") ? `${JSON.stringify(report)}\n` : reportText(report));
    return report.sets.length > 0 ? 0 : 1;
  },
};
