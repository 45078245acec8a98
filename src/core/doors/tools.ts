/**
 * The tools that other programs call: one implementation for MCP and for the editor's language models. Each takes plain data and answers
 * with a text for a model; what fails is a text too, because a model can act on it.
 */
import type { Engine } from "../engine";
import { failureOf, isAbort } from "../failure";
import { failureText } from "../failureText";
import type { Passage } from "../search/passage";
import { findingsText } from "./findingsText";
import { passagesText, quotedNote } from "./passageText";
import { propertyText } from "./propertyText";
import { readInput, type ToolInput, type ToolName } from "./toolInputs";

/** Where a call is made from: what its caller did not say is filled in from here. */
export interface DoorPlace {
  /** Folder of the project; absent: none is known, and a version has to be named. */
  readonly project?: string;
  readonly springBootVersion?: string;
  readonly store?: string;
  /** True: nothing is fetched. */
  readonly offline: boolean;
  /** Whether the person trusts the project: only then is its build tool run. */
  readonly trusted: boolean;
  /** The absolute path of a file that a model named; undefined for one outside the project. */
  resolveFile(file: string): string | undefined;
  /** The text of an open document, which may not be saved. */
  openText?(path: string): string | undefined;
}

export interface ToolReply {
  readonly text: string;
  /** What the text quotes, for callers that can show references. */
  readonly passages: readonly Passage[];
  readonly failed?: true;
}

export type DoorEngine = Pick<Engine, "search" | "check" | "property" | "projectFacts">;

export interface DoorToolsProps {
  readonly engine: DoorEngine;
  /** Asked for at each call: in an editor the active document decides. */
  readonly place: (signal: AbortSignal) => Promise<DoorPlace>;
}

/** Rejects only with the abort of the signal. */
export type RunTool = (name: ToolName, input: unknown, signal: AbortSignal) => Promise<ToolReply>;

const defaultCount = 6;

type Run<Name extends ToolName> = (
  input: ToolInput<Name>,
  engine: DoorEngine,
  place: DoorPlace,
  signal: AbortSignal,
) => Promise<ToolReply>;

type Where = readonly [engine: DoorEngine, place: DoorPlace, signal: AbortSignal];

/** An input that is not as the schema says is told in the reply. */
function reading<Name extends ToolName>(name: Name, run: Run<Name>) {
  return async (input: unknown, ...where: Where): Promise<ToolReply> => {
    const read = readInput(name, input);
    return "problem" in read ? failed(read.problem) : run(read.value, ...where);
  };
}

const runs: Readonly<Record<ToolName, (input: unknown, ...where: Where) => Promise<ToolReply>>> = {
  docwright_searchDocs: reading("docwright_searchDocs", searchDocs),
  docwright_checkCode: reading("docwright_checkCode", checkCode),
  docwright_propertyInfo: reading("docwright_propertyInfo", propertyInfo),
};

export function createDoorTools({ engine, place }: DoorToolsProps): RunTool {
  return async (name, input, signal) => {
    try {
      return await runs[name](input, engine, await place(signal), signal);
    } catch (error) {
      signal.throwIfAborted();
      if (isAbort(error)) throw error;
      const { message, remedy } = failureText(failureOf(error));
      return failed(`${message} ${remedy}`);
    }
  };
}

async function searchDocs(
  { question, springBootVersion, count = defaultCount }: ToolInput<"docwright_searchDocs">,
  engine: DoorEngine,
  place: DoorPlace,
  signal: AbortSignal,
): Promise<ToolReply> {
  const version = springBootVersion ?? place.springBootVersion;
  const { answered, results } = await engine.search(
    {
      question,
      count,
      ...(version !== undefined && { springBootVersion: version }),
      ...(place.project !== undefined && { project: place.project }),
      ...(place.store !== undefined && { store: place.store }),
    },
    signal,
  );
  if (!answered || results.length === 0) {
    return {
      text: "The documents do not answer this question. Do not take an answer from them.",
      passages: [],
    };
  }
  return { text: `${quotedNote}\n\n${passagesText(results)}`, passages: results };
}

async function checkCode(
  { file, code, springBootVersion }: ToolInput<"docwright_checkCode">,
  engine: DoorEngine,
  place: DoorPlace,
  signal: AbortSignal,
): Promise<ToolReply> {
  const path = place.resolveFile(file);
  if (path === undefined) return failed(`${file} is not in the project; only its own files are checked.`);
  const text = code ?? place.openText?.(path);
  const report = await engine.check(
    {
      files: [{ path, ...(text !== undefined && { text }) }],
      ...(place.project !== undefined && { project: place.project }),
      ...versionOf(springBootVersion, place),
      offline: place.offline,
      trusted: place.trusted,
    },
    () => undefined,
    signal,
  );
  return { text: findingsText(file, report), passages: [] };
}

async function propertyInfo(
  { name, springBootVersion }: ToolInput<"docwright_propertyInfo">,
  engine: DoorEngine,
  place: DoorPlace,
  signal: AbortSignal,
): Promise<ToolReply> {
  const reply = await engine.property(
    {
      name,
      ...(place.project !== undefined && { project: place.project }),
      ...versionOf(springBootVersion, place),
      offline: place.offline,
      trusted: place.trusted,
    },
    signal,
  );
  return { text: propertyText(name, reply), passages: [] };
}

/** The version that was named; the place's own only where no project tells it better. */
function versionOf(named: string | undefined, { project, springBootVersion }: DoorPlace) {
  const version = named ?? (project === undefined ? springBootVersion : undefined);
  return version === undefined ? {} : { springBootVersion: version };
}

function failed(text: string): ToolReply {
  return { text, passages: [], failed: true };
}
