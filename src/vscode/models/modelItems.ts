/** Rows of the model picker: what the server has, and what could be pulled, each with its need against what the machine has. */
import ladder from "../../core/models/ladder.json";
import type { InstalledModel, ServerStatus } from "../../core/models/model";
import { gigabytes } from "../words";

export interface ModelRow {
  readonly name: string;
  readonly installed: boolean;
  readonly description: string;
  readonly detail: string;
  readonly fits: boolean;
}

export function modelRows(server: ServerStatus, chosen: string): readonly ModelRow[] {
  const installed = server.models.map((model) => installedRow(model, server, chosen));
  const suggested = ladder.models
    .filter(
      ({ name, source }) =>
        source.kind === "pull" && !server.models.some((model) => isSame(model.name, name)),
    )
    .map((model) => ({
      name: model.name,
      installed: false,
      description: `${model.title} · ${model.license}`,
      detail: `${gigabytes(model.downloadBytes)} to download · ${memoryText(model.memoryBytes, server)}`,
      fits: fits(model.memoryBytes, server),
    }));
  return [...installed, ...suggested];
}

/** `mixtral` and `mixtral:latest` are one. */
export function isSame(left: string, right: string): boolean {
  const full = (name: string) => (name.includes(":") ? name : `${name}:latest`);
  return full(left) === full(right);
}

function installedRow(model: InstalledModel, server: ServerStatus, chosen: string): ModelRow {
  const facts = [
    isSame(model.name, chosen) ? "in use" : "",
    model.parameters ?? "",
    model.quantisation ?? "",
    model.contextTokens === undefined ? "" : `window ${model.contextTokens} tokens`,
    model.loaded ? "loaded" : "",
  ];
  return {
    name: model.name,
    installed: true,
    description: facts.filter((fact) => fact !== "").join(" · "),
    detail: `${gigabytes(model.bytes)} on disk · ${memoryText(model.neededBytes, server)}`,
    fits: model.loaded || fits(model.neededBytes, server),
  };
}

/** A server on another machine does not say what it has; nothing is held against a model there. */
const fits = (needed: number, { totalMemoryBytes }: ServerStatus) => needed <= (totalMemoryBytes ?? Infinity);

function memoryText(needed: number, { freeMemoryBytes, totalMemoryBytes }: ServerStatus): string {
  const need = `needs about ${gigabytes(needed)} of memory`;
  if (freeMemoryBytes === undefined || totalMemoryBytes === undefined) return need;
  const verdict =
    needed > totalMemoryBytes
      ? ", more than this machine has"
      : needed > freeMemoryBytes
        ? ", more than is free"
        : "";
  // The verdict first: a narrow list cuts the end of a row.
  return `${need}${verdict} (${gigabytes(freeMemoryBytes)} of ${gigabytes(totalMemoryBytes)} free)`;
}
