import type { DocumentSet } from "../../core/document/documentSet";
import { FailureError } from "../../core/failure";
import type { Command } from "../command";
import { badArgument, isSet, jsonFlag, store, storeFlag } from "../flags";

export const sources: Command = {
  operands: "[list | remove <name|id>]",
  summary: "List the indexed document sets, or remove one.",
  flags: { store: storeFlag, json: jsonFlag },
  async run(parsed, context, signal) {
    const { engine, terminal } = context;
    const place = store(parsed, context);
    const [action = "list", ...rest] = parsed.positionals;
    const sets = await engine.sets(place, signal);
    switch (action) {
      case "list": {
        if (rest.length > 0) throw badArgument("docwright sources list takes no further words.");
        terminal.answer(isSet(parsed, "json") ? `${JSON.stringify({ sets })}\n` : table(sets));
        return sets.length > 0 ? 0 : 1;
      }
      case "remove": {
        const wanted = rest.join(" ");
        if (wanted === "")
          throw badArgument("docwright sources remove needs the name or the id of a document set.");
        const set = find(sets, wanted);
        await engine.removeSet({ ...place, setId: set.id }, signal);
        terminal.answer(
          isSet(parsed, "json") ? `${JSON.stringify({ removed: set })}\n` : `Removed ${set.name}.\n`,
        );
        return 0;
      }
      default:
        throw badArgument(`docwright sources knows list and remove, not "${action}".`);
    }
  },
};

function find(sets: readonly DocumentSet[], wanted: string): DocumentSet {
  const byId = sets.find(({ id }) => id === wanted);
  if (byId) return byId;
  const named = sets.filter(({ name, origin }) => name === wanted || origin === wanted);
  const [only] = named;
  if (only && named.length === 1) return only;
  if (only) {
    const ids = named.map(({ id }) => id).join(", ");
    throw badArgument(`${named.length} document sets are called "${wanted}"; name one by its id: ${ids}.`);
  }
  throw new FailureError({ kind: "bad-argument", what: `There is no document set "${wanted}".` });
}

function table(sets: readonly DocumentSet[]): string {
  return sets
    .map(
      ({
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
      }) =>
        [
          `${name}${springBootVersion === undefined ? "" : ` (Spring Boot ${springBootVersion})`}`,
          `  id ${id}, ${state}${reason === undefined ? "" : `: ${reason}`}`,
          `  from ${origin}, indexed ${indexedAt}`,
          `  ${documents} documents, ${embedded}/${passages} passages embedded, ${(bytes / 1e6).toFixed(1)} MB`,
          "",
        ].join("\n"),
    )
    .join("");
}
