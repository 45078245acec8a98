/** What an answer is for beside the file where the person is: which other files of the project, with which code. */
import { parse } from "dot-properties";
import { findHiddenCharacters } from "../answer/hiddenCharacters";
import type { AnswerBlock } from "./answerCode";
import {
  gradleFromPom,
  gradleIn,
  isGradleDependency,
  isPomDependency,
  pomFromGradle,
} from "./dependencyLines";
import { headerOf, typesOf } from "./jvmSource";
import { splitPublicTypes } from "./publicTypes";
import { configTree, flatten, treeOfProperties, yamlLines } from "./yamlTree";

export interface ProjectLayout {
  /** Folder of the module, absolute, with forward slashes; nothing outside of it is planned. */
  readonly directory: string;
  /** Files of the module that are there, absolute: sources, build files, configuration. */
  readonly files: readonly string[];
}

export interface PlannedFile {
  readonly path: string;
  readonly code: string;
  readonly isNew: boolean;
}

export interface FilePlan {
  /** What goes into the file where the person is. */
  readonly code: string;
  readonly files: readonly PlannedFile[];
  /** Languages of the blocks that are for no file. */
  readonly left: readonly string[];
}

export interface PlanRequest {
  readonly code: string;
  readonly rest: readonly AnswerBlock[];
  /** The file where the person is, absolute, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Absent without a project: then everything is for the one file. */
  readonly layout?: ProjectLayout;
}

export function planFiles(request: PlanRequest): FilePlan {
  const { layout, path, rest } = request;
  if (!layout) return { code: request.code, files: [], left: rest.map(languageOf) };
  const split = splitTypes(request);
  const planned = new Map<string, PlannedFile>();
  const left: string[] = [];
  const add = ({ path: target, code }: { readonly path: string; readonly code: string }) => {
    const known = planned.get(target);
    const isNew = !layout.files.includes(target);
    planned.set(target, { path: target, isNew, code: known ? `${known.code}\n${code}` : code });
  };
  for (const { name, code } of split.files) add({ path: sibling(path, `${name}${extensionOf(path)}`), code });
  for (const block of rest) {
    const target = block.text.trim() === "" ? undefined : targetOf(block, request, layout);
    if (target && target.path !== path) add(target);
    else left.push(languageOf(block));
  }
  return { code: split.rest, files: [...planned.values()], left };
}

const languageOf = ({ language }: AnswerBlock) => language ?? "text";

/** At the outermost level of a Java file that has its type, another public type is a file of its own. */
function splitTypes({ code, path, text, start, end }: PlanRequest) {
  const whole = { rest: code, files: [] };
  if (!path.endsWith(".java")) return whole;
  const types = typesOf(text);
  const own = baseName(path).replace(/\.java$/, "");
  const isInside = types.some((type) => type.open < start && start <= type.close);
  const isReplaced = end > start;
  if (isInside || isReplaced) return whole;
  const names = new Set(types.map(({ name }) => name));
  const hasOwn = names.has(own) || typesOf(code).some(({ name }) => name === own);
  return hasOwn ? splitPublicTypes(code, (name) => name === own || names.has(name)) : whole;
}

interface Target {
  readonly path: string;
  readonly code: string;
}

function targetOf(block: AnswerBlock, request: PlanRequest, layout: ProjectLayout): Target | undefined {
  const { language, name, text } = block;
  if (isPomDependency(text) || (language === "xml" && name?.endsWith("pom.xml")))
    return buildTarget(text, layout);
  const isGradle =
    name === undefined ? language === "groovy" || language === "kotlin" : /\.gradle(\.kts)?$/.test(name);
  if (isGradle && isGradleDependency(text)) return buildTarget(text, layout);
  if (isConfiguration(block)) return configurationTarget(block, layout);
  if (language === "java" || language === "kotlin") return sourceTarget(block, request, layout);
  if (name === undefined) return undefined;
  return within(layout, name.includes("/") ? name : `src/main/resources/${name}`, text);
}

function buildTarget(text: string, { directory, files }: ProjectLayout): Target | undefined {
  const has = (name: string) => files.includes(`${directory}/${name}`);
  if (has("pom.xml")) {
    return { path: `${directory}/pom.xml`, code: isGradleDependency(text) ? pomFromGradle(text) : text };
  }
  const script = ["build.gradle.kts", "build.gradle"].find(has);
  if (script === undefined) return undefined;
  const kotlin = script.endsWith(".kts");
  const code = isPomDependency(text) ? gradleFromPom(text, kotlin) : gradleIn(text, kotlin);
  return { path: `${directory}/${script}`, code };
}

function isConfiguration({ language, name, text }: AnswerBlock): boolean {
  if (name !== undefined) return /(^|\/)(application|bootstrap)[\w-]*\.(ya?ml|properties)$/.test(name);
  if (language === "properties") return true;
  return (
    language === "yaml" && configTree(text) !== undefined && !/^(apiVersion|services|version):/m.test(text)
  );
}

/** The configuration that the project has, in its own way of writing; a new one where there is none. */
function configurationTarget(
  { language, name, text }: AnswerBlock,
  layout: ProjectLayout,
): Target | undefined {
  const folder = `${layout.directory}/src/main/resources`;
  const stem = (name === undefined ? "application" : baseName(name)).replace(/\.\w+$/, "");
  const present = [".yml", ".yaml", ".properties"]
    .map((extension) => `${folder}/${stem}${extension}`)
    .filter((path) => layout.files.includes(path));
  const isYaml = name === undefined ? language === "yaml" : !name.endsWith(".properties");
  const fitting = present.find((path) => path.endsWith(".properties") !== isYaml);
  const path = fitting ?? present[0] ?? `${folder}/${stem}${isYaml ? ".yml" : ".properties"}`;
  const wantsYaml = !path.endsWith(".properties");
  if (wantsYaml === isYaml) return { path, code: text };
  return { path, code: wantsYaml ? yamlOf(text) : propertiesOf(text) };
}

const yamlOf = (properties: string) =>
  yamlLines(treeOfProperties(Object.entries(parse(properties) as Record<string, string>)), "", 2).join("\n");

const propertiesOf = (yaml: string) =>
  flatten(yaml)
    .map(([key, value]) => `${key}=${value}`)
    .join("\n");

/** A type of its own file: where its name is known, where its package says, else beside the person's file. */
function sourceTarget({ name, text }: AnswerBlock, { code, path }: PlanRequest, layout: ProjectLayout) {
  const type = typesOf(text).find(({ depth }) => depth === 0)?.name;
  const isNeeded = type !== undefined && new RegExp(`\\b${type}\\b`).test(code);
  if (name === undefined && !isNeeded) return undefined;
  const file = name === undefined ? `${type ?? ""}${extensionOf(path)}` : baseName(name);
  const known = layout.files.find((each) => baseName(each) === file);
  if (known !== undefined) return { path: known, code: text };
  if (name?.includes("/src/") || name?.startsWith("src/"))
    return within(layout, name.slice(name.indexOf("src/")), text);
  const packageName = /^package\s+([\w.]+)/.exec(headerOf(text).packageLine?.text ?? "")?.[1];
  const root = /^(.*\/src\/[^/]+\/(?:java|kotlin))\//.exec(path)?.[1];
  if (packageName === undefined || root === undefined) return within(layout, sibling(path, file), text);
  const isTest = /Tests?\.\w+$/.test(file);
  const folder = isTest ? root.replace("/src/main/", "/src/test/") : root;
  return within(layout, `${folder}/${packageName.replaceAll(".", "/")}/${file}`, text);
}

/** Nothing outside the module, and nothing hidden, is written to. */
function within({ directory }: ProjectLayout, path: string, code: string): Target | undefined {
  const full = path.startsWith("/") || /^[a-zA-Z]:/.test(path) ? path : `${directory}/${path}`;
  const segments = full.startsWith(`${directory}/`) ? full.slice(directory.length + 1).split("/") : [".."];
  // A name with a drive, a backslash or something unseen in it is another one than it looks like.
  if (segments.some((segment) => segment === "" || /^\.|[\\:]/.test(segment))) return undefined;
  if (findHiddenCharacters(full).length > 0) return undefined;
  return { path: full, code };
}

const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1);
const sibling = (path: string, name: string) => path.slice(0, path.lastIndexOf("/") + 1) + name;
const extensionOf = (path: string) => /\.\w+$/.exec(path)?.[0] ?? ".java";
