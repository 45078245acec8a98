/** Rows of the model picker: what the server has, and what could be pulled, each with its need against what the machine has. */
import ladder from "../../core/models/ladder.json";
import type { InstalledModel, ServerStatus } from "../../core/models/model";
import { english, type Translate } from "../../core/translate";
import { modelDoubts, type ModelDoubt } from "../../core/models/fitness";
import { gigabytes } from "../words";
import type { ModelSpeed } from "./modelSpeeds";

export interface ModelRow {
  readonly name: string;
  readonly installed: boolean;
  readonly description: string;
  readonly detail: string;
  readonly fits: boolean;
  /** Why it may write poor code. */
  readonly doubts: readonly ModelDoubt[];
}

/** How fast a model was when it answered last; undefined for one that has not yet. */
export type SpeedOf = (model: string) => ModelSpeed | undefined;

export function modelRows(
  server: ServerStatus,
  chosen: string,
  speedOf: SpeedOf,
  t: Translate = english,
): readonly ModelRow[] {
  const installed = server.models.map((model) => installedRow(model, server, chosen, speedOf, t));
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
      doubts: [],
    }));
  return [...installed, ...suggested];
}

/** `mixtral` and `mixtral:latest` are one. */
export function isSame(left: string, right: string): boolean {
  const full = (name: string) => (name.includes(":") ? name : `${name}:latest`);
  return full(left) === full(right);
}

function installedRow(
  model: InstalledModel,
  server: ServerStatus,
  chosen: string,
  speedOf: SpeedOf,
  t: Translate,
): ModelRow {
  const doubts = modelDoubts(model);
  const speed = speedOf(model.name);
  const facts = [
    isSame(model.name, chosen) ? t("in use") : "",
    model.parameters ?? "",
    model.quantisation ?? "",
    model.contextTokens === undefined ? "" : t("window {0} tokens", model.contextTokens),
    model.loaded ? t("loaded") : "",
  ];
  const details = [
    ...doubts.map((doubt) => doubtText(doubt, t)),
    ...(speed ? [speedText(speed, t)] : []),
    t("{0} on disk", gigabytes(model.bytes)),
    memoryText(model.neededBytes, server, t),
  ];
  return {
    name: model.name,
    installed: true,
    description: facts.filter((fact) => fact !== "").join(" · "),
    detail: details.join(" · "),
    fits: model.loaded || fits(model.neededBytes, server),
    doubts,
  };
}

function doubtText(doubt: ModelDoubt, t: Translate): string {
  return doubt === "old"
    ? t("older than Spring Boot 3, writes much from before it")
    : t("too small to follow documents well");
}

/** What it did last; a cold start counts as the wait that it was. */
function speedText({ tokensPerSecond, firstToken }: ModelSpeed, t: Translate): string {
  const speed = tokensPerSecond < 10 ? tokensPerSecond.toFixed(1) : String(Math.round(tokensPerSecond));
  return t("last {0} tokens/s, first after {1} s", speed, (firstToken / 1_000).toFixed(1));
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
