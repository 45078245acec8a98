/** The only file that knows the names of settings. It takes a plain getter, so that a unit test can hold it against package.json. */
import type { AnswerRequest, ModelChoice } from "../core/answer/answer";
import { english, type Translate } from "../core/translate";

/** An immutable snapshot; take a new one for each request. */
export interface Settings {
  /** Address of the Ollama server, without a slash at its end. */
  readonly host: string;
  readonly model: string;
  /** Wanted window in tokens; absent: chosen from what the prompt needs. */
  readonly contextTokens?: number;
  /** Passed to Ollama as they are. */
  readonly modelOptions: Readonly<Record<string, number>>;
  /**
   * Folder of the indexes; absent: the folder that all editors of this user share. The engine is told at its start: a request that named a
   * store would leave the field guide of the package out.
   */
  readonly storeFolder?: string;
  /** `embedded`, or the name of an Ollama embedding model. */
  readonly embeddings: string;
  /** Whether the model writes a short draft before the documents are asked. */
  readonly draftFirst: boolean;
  /** Whether answers are asked about again: not at all, for a quiet mark, or for the whole verdict under the answer. */
  readonly confidence: ConfidenceMode;
  /** From which confidence on an answer is called likely, 0.5 to 1. */
  readonly confidenceThreshold: number;
  /**
   * What is done with generated code before anybody reads it: nothing; it is checked
   * against the project; also mended as far as that needs no model; also given back to the model with what was found.
   */
  readonly checks: ChecksMode;
  /** A file with facts of the person's own, absolute or relative to the workspace folder; absent: the shipped ones alone. */
  readonly factsFile?: string;
  /** Whether what accepted lines rest on stays marked beside them. */
  readonly keepMarks: boolean;
  /** How many further short answers a re-ask compares; 0 for none. */
  readonly confidenceSamples: number;
  /** Whether this machine keeps which answers were accepted, discarded or judged. */
  readonly keepLabels: boolean;
  /** What was wrong with a value and what is used instead, one sentence each. */
  readonly problems: readonly string[];
}

export const settingsSection = "docwright";

/** Keys below {@link settingsSection} with their defaults; a test holds them against package.json. */
export const settingDefaults = {
  "ollama.host": "http://127.0.0.1:11434",
  model: "mixtral",
  contextTokens: 0,
  modelOptions: {},
  store: "",
  embeddings: "embedded",
  "retrieval.draftFirst": false,
  confidence: "off",
  confidenceThreshold: 0.95,
  checks: "repair",
  factsFile: "",
  keepMarks: false,
  confidenceSamples: 0,
  keepLabels: false,
} as const;

export type ChecksMode = (typeof checksModes)[number];
const checksModes = ["off", "check", "mend", "repair"] as const;

export type ConfidenceMode = "off" | "quiet" | "full";

export type SettingKey = keyof typeof settingDefaults;

/** What `vscode.workspace.getConfiguration("docwright")` offers of itself here. */
export interface SettingsSource {
  get(key: SettingKey): unknown;
}

/** Reads and validates all settings. A value that cannot be used is replaced by its default and named in `problems`. */
export function readSettings(source: SettingsSource, t: Translate = english): Settings {
  const problems: string[] = [];
  const refuse = (key: SettingKey, why: string) => {
    problems.push(
      t(
        "The setting {0} {1}; {2} is used instead.",
        `docwright.${key}`,
        t(why),
        JSON.stringify(settingDefaults[key]),
      ),
    );
  };
  const text = (key: SettingKey & ("model" | "store" | "embeddings" | "factsFile")): string => {
    const value = source.get(key) ?? settingDefaults[key];
    if (typeof value === "string") return value.trim() || settingDefaults[key];
    refuse(key, "is not a text");
    return settingDefaults[key];
  };

  const storeFolder = text("store");
  const factsFile = text("factsFile");
  const contextTokens = readContextTokens(source.get("contextTokens"), refuse);
  return {
    host: readHost(source.get("ollama.host"), refuse),
    model: text("model"),
    ...(contextTokens > 0 && { contextTokens }),
    modelOptions: readOptions(source.get("modelOptions"), refuse),
    ...(storeFolder !== "" && { storeFolder }),
    embeddings: text("embeddings"),
    draftFirst: readFlag("retrieval.draftFirst", source.get("retrieval.draftFirst"), refuse),
    confidence: readConfidence(source.get("confidence"), refuse),
    confidenceThreshold: readThreshold(source.get("confidenceThreshold"), refuse),
    checks: readChecks(source.get("checks"), refuse),
    ...(factsFile !== "" && { factsFile }),
    keepMarks: readFlag("keepMarks", source.get("keepMarks"), refuse),
    confidenceSamples: readSamples(source.get("confidenceSamples"), refuse),
    keepLabels: readFlag("keepLabels", source.get("keepLabels"), refuse),
    problems,
  };
}

/** The part of the settings that goes with every request to a model; `seed` is set where another answer is wanted. */
export function modelChoice(settings: Settings, seed?: number): ModelChoice {
  const options = { ...settings.modelOptions, ...(seed !== undefined && { seed }) };
  return {
    host: settings.host,
    model: settings.model,
    ...(settings.contextTokens !== undefined && { contextTokens: settings.contextTokens }),
    ...(Object.keys(options).length > 0 && { options }),
  };
}

/** How an answer is to be found and asked about again: the part of the settings that goes with a request for one. */
export function answerChoice({
  draftFirst,
  confidence,
  confidenceThreshold,
  confidenceSamples,
}: Settings): Pick<AnswerRequest, "draftFirst" | "reask"> {
  const draft = draftFirst ? { draftFirst } : {};
  if (confidence === "off") return draft;
  return {
    ...draft,
    reask: {
      threshold: confidenceThreshold,
      open: confidence === "full",
      ...(confidenceSamples > 0 && { samples: confidenceSamples }),
    },
  };
}

/** The chat's mode that follows: Re-ask shows the whole verdict, Chat a quiet mark. */
export function otherMode({ confidence }: Settings): {
  readonly key: SettingKey;
  readonly value: ConfidenceMode;
} {
  return { key: "confidence", value: confidence === "full" ? "quiet" : "full" };
}

const mostSamples = 5;

type Refuse = (key: SettingKey, why: string) => void;

function readHost(value: unknown, refuse: Refuse): string {
  const fallback = settingDefaults["ollama.host"];
  if (value === undefined || value === "") return fallback;
  if (typeof value === "string") {
    const written = value.trim();
    const address = /^[a-z]+:\/\//i.test(written) ? written : `http://${written}`;
    if (/^https?:\/\/[^\s/?#@]+\/?$/i.test(address)) return withPort(address.replace(/\/$/, ""));
  }
  refuse("ollama.host", "is not an address such as http://127.0.0.1:11434");
  return fallback;
}

/** Ollama's own tools read `my-machine` as port 11434; `https` keeps its port, for a server behind a proxy. */
function withPort(address: string): string {
  const hasPort = /:\d+$/.test(address);
  return hasPort || address.startsWith("https") ? address : `${address}:11434`;
}

function readContextTokens(value: unknown, refuse: Refuse): number {
  if (value === undefined) return settingDefaults.contextTokens;
  if (typeof value === "number" && Number.isInteger(value) && (value === 0 || value >= 512)) return value;
  refuse("contextTokens", "is neither 0 nor a whole number of at least 512");
  return settingDefaults.contextTokens;
}

function readOptions(value: unknown, refuse: Refuse): Readonly<Record<string, number>> {
  if (value === undefined) return settingDefaults.modelOptions;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value);
    if (entries.every((entry): entry is [string, number] => typeof entry[1] === "number")) {
      return Object.fromEntries(entries);
    }
  }
  refuse("modelOptions", 'is not an object of numbers such as {"temperature": 0.2}');
  return settingDefaults.modelOptions;
}

function readConfidence(value: unknown, refuse: Refuse): ConfidenceMode {
  if (value === "off" || value === "quiet" || value === "full") return value;
  if (value !== undefined) refuse("confidence", "is none of off, quiet and full");
  return settingDefaults.confidence;
}

function readThreshold(value: unknown, refuse: Refuse): number {
  if (typeof value === "number" && value >= 0.5 && value <= 1) return value;
  if (value !== undefined) refuse("confidenceThreshold", "is not a number from 0.5 to 1");
  return settingDefaults.confidenceThreshold;
}

function readChecks(value: unknown, refuse: Refuse): ChecksMode {
  const mode = checksModes.find((each) => each === value);
  if (mode === undefined && value !== undefined) refuse("checks", `is none of ${checksModes.join(", ")}`);
  return mode ?? settingDefaults.checks;
}

function readFlag(
  key: SettingKey & ("keepMarks" | "keepLabels" | "retrieval.draftFirst"),
  value: unknown,
  refuse: Refuse,
): boolean {
  if (typeof value === "boolean") return value;
  if (value !== undefined) refuse(key, "is neither true nor false");
  return settingDefaults[key];
}

function readSamples(value: unknown, refuse: Refuse): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= mostSamples)
    return value;
  if (value !== undefined) refuse("confidenceSamples", "is not a whole number from 0 to 5");
  return settingDefaults.confidenceSamples;
}
