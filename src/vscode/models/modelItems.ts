/** Rows of the model picker: what the server has, and what could be pulled, each with its need against what the machine has. */
import ladder from "../../core/models/ladder.json";
import type { InstalledModel, ServerStatus } from "../../core/models/model";
import { english, type Translate } from "../../core/translate";
import { gigabytes } from "../words";

export interface ModelRow {
  readonly name: string;
  readonly installed: boolean;
  readonly description: string;
  readonly detail: string;
  readonly fits: boolean;
}

export function modelRows(server: ServerStatus, chosen: string, t: Translate = english): readonly ModelRow[] {
  const installed = server.models.map((model) => installedRow(model, server, chosen, t));
  const suggested = ladder.models
    .filter(
      ({ name, source }) =>
        source.kind === "pull" && !server.models.some((model) => isSame(model.name, name)),
    )
    .map((model) => ({
      name: model.name,
      installed: false,
      description: `${model.title} · ${model.license}`,
      detail: `${t("{0} to download", gigabytes(model.downloadBytes))} · ${memoryText(model.memoryBytes, server, t)}`,
      fits: fits(model.memoryBytes, server),
    }));
  return [...installed, ...suggested];
}

/** `mixtral` and `mixtral:latest` are one. */
export function isSame(left: string, right: string): boolean {
  const full = (name: string) => (name.includes(":") ? name : `${name}:latest`);
  return full(left) === full(right);
}

function installedRow(model: InstalledModel, server: ServerStatus, chosen: string, t: Translate): ModelRow {
  const facts = [
    isSame(model.name, chosen) ? t("in use") : "",
    model.parameters ?? "",
    model.quantisation ?? "",
    model.contextTokens === undefined ? "" : t("window {0} tokens", model.contextTokens),
    model.loaded ? t("loaded") : "",
  ];
  return {
    name: model.name,
    installed: true,
    description: facts.filter((fact) => fact !== "").join(" · "),
    detail: `${t("{0} on disk", gigabytes(model.bytes))} · ${memoryText(model.neededBytes, server, t)}`,
    fits: model.loaded || fits(model.neededBytes, server),
  };
}

/** A server on another machine does not say what it has; nothing is held against a model there. */
const fits = (needed: number, { totalMemoryBytes }: ServerStatus) => needed <= (totalMemoryBytes ?? Infinity);

function memoryText(
  needed: number,
  { freeMemoryBytes, totalMemoryBytes }: ServerStatus,
  t: Translate,
): string {
  const need = gigabytes(needed);
  if (freeMemoryBytes === undefined || totalMemoryBytes === undefined)
    return t("needs about {0} of memory", need);
  const [free, total] = [gigabytes(freeMemoryBytes), gigabytes(totalMemoryBytes)];
  // The verdict first: a narrow list cuts the end of a row.
  if (needed > totalMemoryBytes)
    return t("needs about {0} of memory, more than this machine has ({1} of {2} free)", need, free, total);
  if (needed > freeMemoryBytes)
    return t("needs about {0} of memory, more than is free ({1} of {2} free)", need, free, total);
  return t("needs about {0} of memory ({1} of {2} free)", need, free, total);
}
