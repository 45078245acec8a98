/** Reads what `/api/show` and `/api/ps` tell of a model; every field may be missing, and old servers leave many out. */
import type { ListResponse, Ollama, ShowResponse } from "ollama";
import { neededMemory, parseParameters, type ModelShape } from "../../core/models/memory";
import type { InstalledModel } from "../../core/models/model";
import type { ModelDetails } from "../../core/models/modelServer";
import { isSameModel } from "../../core/models/modelNames";

type ListedModel = ListResponse["models"][number];

/** The client's types call `model_info` a map, the server sends an object; its keys start with the architecture's name. */
function infoOf(shown: ShowResponse): (name: string) => number | undefined {
  const entries: unknown = shown.model_info;
  const values = new Map<string, unknown>(
    Object.entries(typeof entries === "object" && entries !== null ? entries : {}),
  );
  const architecture = values.get("general.architecture");
  return (name) => {
    const value: unknown = values.get(name.startsWith("general.") ? name : `${String(architecture)}.${name}`);
    return typeof value === "number" ? value : undefined;
  };
}

function capabilities(shown: ShowResponse): readonly string[] {
  return Array.isArray(shown.capabilities) ? shown.capabilities : [];
}

/** True for a model that writes text here: no embedding model, and none whose work another machine would do. */
export function writesHere(listed: ListedModel, shown: ShowResponse | undefined): boolean {
  if ("remote_host" in listed && listed.remote_host) return false;
  if (!shown) return true;
  const known = capabilities(shown);
  return known.length === 0 || known.includes("completion");
}

export function detailsOf(model: string, shown: ShowResponse, running: readonly ListedModel[]): ModelDetails {
  const info = infoOf(shown);
  const contextTokens = info("context_length");
  const loaded = running.find((each) => isSameModel(each.name, model));
  const loadedContextTokens = loaded && contextOf(loaded);
  const parameters = info("general.parameter_count") ?? parseParameters(shown.details.parameter_size);
  return {
    thinks: capabilities(shown).includes("thinking"),
    ...(contextTokens !== undefined && { contextTokens }),
    ...(loadedContextTokens !== undefined && { loadedContextTokens }),
    ...(parameters !== undefined && { parameters }),
  };
}

export function installedModel(
  listed: ListedModel,
  shown: ShowResponse | undefined,
  running: readonly ListedModel[],
): InstalledModel {
  const loaded = running.find((each) => isSameModel(each.name, listed.name));
  const info = shown && infoOf(shown);
  const contextTokens = info?.("context_length");
  const { parameter_size, quantization_level, family } = listed.details;
  return {
    name: listed.name,
    bytes: listed.size,
    ...(parameter_size && { parameters: parameter_size }),
    ...(quantization_level && { quantisation: quantization_level }),
    ...(family && { family }),
    ...(contextTokens !== undefined && { contextTokens }),
    neededBytes: loaded && loaded.size > 0 ? loaded.size : neededMemory(shapeOf(listed.size, info)),
    loaded: loaded !== undefined,
  };
}

function shapeOf(bytes: number, info: ((name: string) => number | undefined) | undefined): ModelShape {
  const layers = info?.("block_count");
  const heads = info?.("attention.head_count");
  const keyValueHeads = info?.("attention.head_count_kv") ?? heads;
  const embedding = info?.("embedding_length");
  const headLength =
    info?.("attention.key_length") ??
    (embedding !== undefined && heads !== undefined && heads > 0 ? embedding / heads : undefined);
  return {
    bytes,
    ...(layers !== undefined && { layers }),
    ...(keyValueHeads !== undefined && { keyValueHeads }),
    ...(headLength !== undefined && { headLength }),
  };
}

function contextOf(running: ListedModel): number | undefined {
  return "context_length" in running && typeof running.context_length === "number"
    ? running.context_length
    : undefined;
}

/** Asks for a model's details; a model that the server lists and cannot show (a damaged one) has none. */
export async function show(client: Ollama, model: string): Promise<ShowResponse | undefined> {
  try {
    return await client.show({ model });
  } catch (error) {
    if (error instanceof Error && error.name === "StatusError") return undefined;
    throw error;
  }
}
