import type { DocumentSet } from "../../core/document/documentSet";
import { wishOf } from "../../core/document/documentWish";
import { diagnosticsText } from "../../core/document/setDiagnostics";
import { placeOf, reindexRequest, updateRequest } from "../../core/document/setRequests";
import type { IndexReport, StoreActivity } from "../../core/engine";
import { failureOf } from "../../core/failure";
import { failureText } from "../../core/failureText";
import type { Command, CommandContext, ExitCode, ParsedCommand } from "../command";
import { badArgument, isSet, jsonFlag, store, storeFlag } from "../flags";
import { indexSources, obtainAll, reportText } from "../indexing";

interface Action {
  readonly parsed: ParsedCommand;
  readonly context: CommandContext;
  readonly place: { readonly store?: string };
  readonly sets: readonly DocumentSet[];
  /** The words after the action's name. */
  readonly wanted: string;
  readonly print: (value: object, text: string) => void;
}

const actions: Readonly<Record<string, (action: Action, signal: AbortSignal) => Promise<ExitCode>>> = {
  async list({ context, place, sets, wanted, print }, signal) {
    if (wanted !== "") throw badArgument("docwright sources list takes no further words.");
    const activity = await context.engine.activity(place, signal);
    print({ sets, ...(activity && { activity }) }, writerText(activity) + table(sets));
    return sets.length > 0 ? 0 : 1;
  },
  async update(action, signal) {
    const { sets, wanted } = action;
    const chosen =
      wanted === "" ? sets.filter((set) => wishOf(set) !== undefined) : [find(sets, wanted, "update")];
    return updateAll(onePerOrigin(chosen), action, signal);
  },
  async reindex({ context, place, sets, wanted, print }, signal) {
    const request = reindexRequest(find(sets, wanted, "reindex"));
    if (!request) throw badArgument("The field guide comes with the package; it is not indexed again.");
    const report = await indexSources({ ...request, ...place }, context, signal);
    print(report, reportText(report));
    return 0;
  },
  async remove({ context, place, sets, wanted, print }, signal) {
    const set = find(sets, wanted, "remove");
    await context.engine.removeSet({ ...place, setId: set.id }, signal);
    print({ removed: set }, `Removed ${set.name}.\n`);
    return 0;
  },
  path({ sets, wanted, print }) {
    const found = placeOf(find(sets, wanted, "path"));
    if (!found) throw badArgument("The field guide is part of the package; `docwright search` reads it.");
    print(found, [found.path, found.url].map((line) => (line === undefined ? "" : `${line}\n`)).join(""));
    return Promise.resolve(0);
  },
  async diagnostics({ context, place, sets, wanted, print }, signal) {
    const found = await context.engine.diagnose(
      { ...place, setId: find(sets, wanted, "diagnostics").id },
      signal,
    );
    print(found, diagnosticsText(found));
    return 0;
  },
};

export const sources: Command = {
  operands:
    "[list | update [<name|id>] | reindex <name|id> | remove <name|id> | path <name|id> | diagnostics <name|id>]",
  summary:
    "List the indexed document sets; bring one or all up to date, index one anew, remove one, say where it lies, or tell all that is known of it.",
  flags: { store: storeFlag, json: jsonFlag },
  async run(parsed, context, signal) {
    const { engine, terminal } = context;
    const place = store(parsed, context);
    const [name = "list", ...rest] = parsed.positionals;
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (!action) {
      throw badArgument(`docwright sources knows ${Object.keys(actions).join(", ")}, not "${name}".`);
    }
    const print = (value: object, text: string) =>
      terminal.answer(isSet(parsed, "json") ? `${JSON.stringify(value)}\n` : text);
    const sets = await engine.sets(place, signal);
    return action({ parsed, context, place, sets, wanted: rest.join(" "), print }, signal);
  },
};

/** Asks each source anew; one that cannot be had does not keep the others from it. */
async function updateAll(
  sets: readonly DocumentSet[],
  { context, place, print }: Action,
  signal: AbortSignal,
): Promise<ExitCode> {
  if (sets.length === 0) throw badArgument("There is no document set that can be brought up to date.");
  const reports: IndexReport[] = [];
  const failed: { readonly origin: string; readonly why: string }[] = [];
  for (const set of sets) {
    try {
      const wish = wishOf(set);
      if (!wish) throw badArgument("The field guide comes with the package; it is updated with it.");
      const [source] = await obtainAll([wish], context, signal);
      if (!source) continue;
      reports.push(await indexSources({ ...updateRequest(set, source), ...place }, context, signal));
    } catch (error) {
      signal.throwIfAborted();
      if (sets.length === 1) throw error;
      const { message, remedy } = failureText(failureOf(error));
      failed.push({ origin: set.origin, why: message });
      context.terminal.say(`${set.name}: ${message} ${remedy}`);
    }
  }
  print({ reports, failed }, reports.map(reportText).join(""));
  return failed.length > 0 ? 2 : 0;
}

/** A folder with documents of two versions is two sets and one source. */
function onePerOrigin(sets: readonly DocumentSet[]): readonly DocumentSet[] {
  return [...new Map(sets.map((set) => [set.origin, set])).values()];
}

function find(sets: readonly DocumentSet[], wanted: string, action: string): DocumentSet {
  if (wanted === "")
    throw badArgument(`docwright sources ${action} needs the name or the id of a document set.`);
  const byId = sets.find(({ id }) => id === wanted);
  if (byId) return byId;
  const named = sets.filter(({ name, origin }) => name === wanted || origin === wanted);
  const [only] = named;
  if (only && named.length === 1) return only;
  if (only) {
    const ids = named.map(({ id }) => id).join(", ");
    throw badArgument(`${named.length} document sets are called "${wanted}"; name one by its id: ${ids}.`);
  }
  throw badArgument(`There is no document set "${wanted}".`);
}

function writerText(activity: StoreActivity | undefined): string {
  if (!activity) return "";
  const { holder, origins, progress } = activity;
  const what = origins.length > 0 ? ` indexes ${origins.join(", ")}` : " writes to the store";
  const done =
    progress && progress.passagesTotal > 0
      ? `: ${progress.passages} of ${progress.passagesTotal} passages`
      : "";
  return `Another Docwright (${holder})${what}${done}.\n\n`;
}

function table(sets: readonly DocumentSet[]): string {
  return sets.map(row).join("");
}

function row(set: DocumentSet): string {
  const {
    id,
    name,
    springBootVersion,
    origin,
    documents,
    passages,
    embedded,
    bytes,
    indexedAt,
    state,
    reason,
    sameAs,
    formats = [],
  } = set;
  return [
    `${name}${springBootVersion === undefined ? "" : ` (Spring Boot ${springBootVersion})`}`,
    `  id ${id}, ${state}${reason === undefined ? "" : `: ${reason}`}`,
    `  from ${origin}, indexed ${indexedAt}`,
    ...(sameAs === undefined
      ? []
      : [`  the same document as ${sameAs}, as ${formats.join(", ")}: searched as one`]),
    `  ${documents} documents, ${embedded}/${passages} passages embedded, ${(bytes / 1e6).toFixed(1)} MB`,
    "",
  ].join("\n");
}
