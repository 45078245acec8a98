/**
 * Names and values of configuration properties, held against the metadata on the project's classpath. Unknown is said only where that
 * metadata owns the place; what a module that is missing would bind is said to need it; names of the project's own are left alone.
 */
import {
  parseConfigurationMetadata,
  type ConfigurationMetadata,
  type ConfigurationProperty,
} from "../../metadata/configurationMetadata";
import type { Check, CheckContext, CheckedFile } from "../check";
import { findingAt, type Finding, type FindingWords } from "../finding";
import { codeUses } from "./codeUses";
import { ownProperties, type OwnProperties } from "./ownProperties";
import { environmentUses, isEnvironmentFile } from "./environmentUses";
import { propertiesFileUses } from "./propertiesFileUses";
import { createEnvironmentIndex, createPropertyIndex, type PropertyIndex } from "./propertyIndex";
import { environmentName } from "../../metadata/relaxedName";
import { canonicalName, elementsOf, isKebabCase } from "./propertyName";
import { isConfigurationFile, type PropertyUse } from "./propertyUse";
import { valueProblem } from "./propertyValue";
import { yamlFileUses } from "./yamlFileUses";

/** What the check knows beyond the classpath: data that ships with Docwright. */
export interface PropertyKnowledge {
  /** Properties of Spring Boot's modules, by the starter or module that brings them. */
  readonly modules: readonly {
    readonly artifact: string;
    /** What a project adds to have it. */
    readonly starter: string;
    readonly prefixes: readonly string[];
  }[];
  /** Names that were bound once and that the metadata has forgotten, with what to write instead. */
  readonly forgotten: readonly {
    readonly name: string;
    readonly message: string;
    readonly replacement?: string;
  }[];
}

export function createPropertyCheck(knowledge: PropertyKnowledge): Check {
  let known: { readonly from: CheckContext["metadata"]; readonly lookup: Lookup } | undefined;
  return (context) => {
    if (context.metadata.length === 0) return [];
    // The same classpath is asked again and again; its metadata is read once.
    if (known?.from !== context.metadata)
      known = { from: context.metadata, lookup: lookupOf(context.metadata) };
    const { lookup } = known;
    const own = ownPrefixes(context.files);
    let seen: OwnProperties | undefined;
    const readByProject = (canonical: string) => {
      seen ??= ownProperties([...context.files, ...(context.projectFiles?.sources() ?? [])]);
      return seen.reads(canonical);
    };
    let set: ReadonlySet<string> | undefined;
    const setByProject = (canonical: string) => {
      set ??= setIn([...context.files, ...(context.projectFiles?.sources() ?? [])]);
      return set.has(canonical);
    };
    return context.files.flatMap((file) =>
      usesIn(file).flatMap((use) =>
        findingsOf(file, use, { lookup, own, knowledge, context, readByProject, setByProject }),
      ),
    );
  };
}

interface Lookup {
  readonly properties: PropertyIndex;
  readonly environment: (variable: string) => ConfigurationProperty | undefined;
}

interface Known {
  readonly lookup: Lookup;
  /** Prefixes that the project binds itself, canonical. */
  readonly own: readonly string[];
  readonly knowledge: PropertyKnowledge;
  readonly context: CheckContext;
  /** Whether the project's own code reads a property, and whether its own files set one; canonical names. */
  readonly readByProject: (canonical: string) => boolean;
  readonly setByProject: (canonical: string) => boolean;
}

function lookupOf(texts: CheckContext["metadata"]): Lookup {
  const metadata: ConfigurationMetadata[] = [];
  const springs: ConfigurationMetadata[] = [];
  for (const { origin, text } of texts) {
    const read = parseConfigurationMetadata(text);
    if (!read) continue;
    metadata.push(read);
    if (isSprings(origin)) springs.push(read);
  }
  return {
    properties: createPropertyIndex(metadata, springs),
    environment: createEnvironmentIndex(metadata),
  };
}

/** Jars of Spring's own projects tell of all that they bind; others bind much that their metadata is silent of. */
const isSprings = (origin: string) => /(?:^|[\\/])spring-(?!.*-spring-)/.test(origin);

export function usesIn(file: CheckedFile): readonly PropertyUse[] {
  if (isEnvironmentFile(file.path)) return environmentUses(file);
  switch (file.language) {
    case "java":
    case "kotlin":
      return codeUses(file);
    case "properties":
      return isConfigurationFile(file.path) ? propertiesFileUses(file) : [];
    case "yaml":
      return isConfigurationFile(file.path) ? yamlFileUses(file) : [];
    default:
      return [];
  }
}

function ownPrefixes(files: readonly CheckedFile[]): readonly string[] {
  return files
    .filter(({ language }) => language === "java" || language === "kotlin")
    .flatMap((file) => codeUses(file).filter(({ isPrefix }) => isPrefix))
    .map(({ name }) => canonicalName(name));
}

function findingsOf(file: CheckedFile, use: PropertyUse, known: Known): readonly Finding[] {
  const words = use.isPrefix ? prefixWords(use) : nameWords(use, known);
  const named = words ? [findingAt(file, use, words)] : [];
  return [...named, ...valueFindings(file, use, known)];
}

function prefixWords({ name }: PropertyUse): FindingWords | undefined {
  if (name === "" || isKebabCase(name)) return undefined;
  const kebab = name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
  return {
    rule: "property-prefix",
    level: "error",
    message: `The application does not start with the prefix \`${name}\`: prefixes are written in lower case with dashes, \`${kebab}\`.`,
    anchor: "features.external-config.typesafe-configuration-properties.relaxed-binding",
  };
}

function nameWords(use: PropertyUse, known: Known): FindingWords | undefined {
  const { properties, environment } = known.lookup;
  const { name, style } = use;
  if (style === "environment") {
    const bound = environment(name);
    return bound?.deprecation && deprecatedWords(use, bound, environmentName);
  }
  const canonical = canonicalName(name);
  if (canonical === "" || known.own.some((prefix) => isWithin(canonical, prefix))) return undefined;
  const property = properties.find(name);
  if (property?.deprecation)
    return deprecatedWords(use, property, (replacement) => withRest(replacement, property, name));
  if (property) return misplacedWords(use) ?? unknownIndex(use, property);
  const forgotten = known.knowledge.forgotten.find((entry) => canonicalName(entry.name) === canonical);
  if (forgotten) return forgottenWords(use, forgotten);
  if (properties.isGroup(name)) return style === "file" && use.value?.text ? groupWords(use) : undefined;
  const module = missingModule(canonical, known);
  if (module !== undefined) {
    return {
      rule: "property-needs-module",
      level: "warning",
      message: `\`${name}\` needs \`${module}\`, which is not on the classpath; without it the property does nothing.`,
    };
  }
  return properties.owns(name) && !isOwnOrUnseen(use, canonical, known)
    ? unknownWords(use, properties)
    : undefined;
}

/** Where a jar may be missing only a slip of the keys is told: the jar may have the rest. */
function isOwnOrUnseen(
  { name, style, isCondition }: PropertyUse,
  canonical: string,
  { lookup, context, readByProject, setByProject }: Known,
): boolean {
  const isSlip = lookup.properties.isSlip(name);
  if (isSlip) return false;
  if (context.classpath && !context.classpath.mainComplete) return true;
  if (style === "file") return readByProject(canonical);
  return isCondition === true || setByProject(canonical);
}

/** Canonical names of the properties that configuration files set. */
function setIn(files: readonly CheckedFile[]): ReadonlySet<string> {
  return new Set(
    files
      .filter(({ path }) => isConfigurationFile(path))
      .flatMap((file) => usesIn(file).map(({ name }) => canonicalName(name))),
  );
}

/** What stands below a renamed map stays below it. */
function withRest(replacement: string, { name }: ConfigurationProperty, used: string): string {
  const rest = elementsOf(used).slice(elementsOf(name).length);
  return [replacement, ...rest.map(({ text }) => text)].join(".");
}

/** `a.b` and `a.b.c` are within `a.b`; `a.bc` is not. */
const isWithin = (name: string, prefix: string) => name === prefix || name.startsWith(`${prefix}.`);

function deprecatedWords(
  use: PropertyUse,
  { name, deprecation }: ConfigurationProperty,
  spelt: (name: string) => string,
): FindingWords {
  const { level, replacement, reason, since } = deprecation ?? { level: "warning" as const };
  const gone = level === "error";
  const what = gone
    ? `\`${name}\` is not read any more${since === undefined ? "" : ` (since ${since})`}.`
    : `\`${name}\` is deprecated${since === undefined ? "" : ` since ${since}`}.`;
  const advice = replacement === undefined ? "" : ` Use \`${replacement}\`.`;
  const why = reason === undefined ? "" : ` ${reason.replace(/([^.!?])$/, "$1.")}`;
  return {
    rule: gone ? "property-removed" : "property-deprecated",
    level: gone ? "error" : "warning",
    message: `${what}${advice}${why}`,
    ...(replacement !== undefined && renaming(use, spelt(replacement))),
  };
}

/** A key inside a YAML tree cannot be renamed where it stands when the new name lies elsewhere in the tree. */
function renaming(use: PropertyUse, replacement: string): Pick<FindingWords, "fix"> {
  const title = `Replace by \`${replacement}\``;
  if (use.isWhole) return { fix: { title, edits: [{ start: use.start, end: use.end, text: replacement }] } };
  const parentOf = (name: string) =>
    elementsOf(name)
      .slice(0, -1)
      .map(({ text }) => text)
      .join(".");
  if (canonicalName(parentOf(use.name)) !== canonicalName(parentOf(replacement))) return {};
  const last = elementsOf(replacement).at(-1)?.text ?? replacement;
  return { fix: { title, edits: [{ start: use.start, end: use.end, text: last }] } };
}

function forgottenWords(
  use: PropertyUse,
  { message, replacement }: PropertyKnowledge["forgotten"][number],
): FindingWords {
  return {
    rule: "property-removed",
    level: "error",
    message,
    ...(replacement !== undefined && renaming(use, replacement)),
  };
}

function groupWords({ name }: PropertyUse): FindingWords {
  return {
    rule: "unknown-property",
    level: "warning",
    message: `\`${name}\` is a group, not a property: nothing reads a value that it is given.`,
  };
}

/** An index on what is no list. */
function unknownIndex(
  { name }: PropertyUse,
  { name: known, type }: ConfigurationProperty,
): FindingWords | undefined {
  const simple = type !== undefined && /^java\.(?:lang|time)\.\w+$/.test(type) && type !== "java.lang.Object";
  if (!simple || !elementsOf(name).some(({ kind }) => kind === "index")) return undefined;
  return {
    rule: "unknown-property",
    level: "warning",
    message: `\`${known}\` takes one value (\`${shortType(type)}\`), not a list.`,
  };
}

const shortType = (type: string) => type.replace(/[\w.]+\.(\w)/g, "$1").replaceAll("$", ".");

/** Profiles cannot be switched on from what is itself in force for a profile only; Spring Boot 2.4 and later refuse to start. */
function misplacedWords({ name, profile }: PropertyUse): FindingWords | undefined {
  const canonical = canonicalName(name);
  if (profile === undefined || !/^spring\.profiles\.(?:active|default|include|group\..*)$/.test(canonical))
    return undefined;
  return {
    rule: "property-misplaced",
    level: "error",
    message: `The application does not start with \`${name}\` here: what is in force for the profile \`${profile}\` only cannot choose profiles.`,
    anchor: "features.profiles.adding-active-profiles",
  };
}

function missingModule(canonical: string, { knowledge, context }: Known): string | undefined {
  if (!context.classpath?.complete) return undefined;
  const origins = context.metadata.map(({ origin }) => origin);
  const module = knowledge.modules.find(
    ({ artifact, prefixes }) =>
      prefixes.some((prefix) => isWithin(canonical, prefix)) &&
      !origins.some((origin) => isJarOf(origin, artifact)),
  );
  return module?.starter;
}

/** True for the jar of an artifact, whatever its version: `spring-boot-actuator-3.2.1.jar` is not of `spring-boot`. */
const isJarOf = (origin: string, artifact: string) =>
  new RegExp(`(?:^|[\\\\/])${artifact}-\\d[^\\\\/]*\\.jar`).test(origin);

function unknownWords(use: PropertyUse, properties: PropertyIndex): FindingWords {
  const near = properties.nearest(use.name, 3).map(({ name }) => name);
  const [first] = near;
  const hint = first === undefined ? "" : ` Nearest: ${near.map((name) => `\`${name}\``).join(", ")}.`;
  return {
    rule: "unknown-property",
    level: "warning",
    message: `\`${use.name}\` is no property that this project's Spring Boot modules know; nothing reads it.${hint}`,
    ...(first !== undefined && near.length === 1 && renaming(use, first)),
  };
}

function valueFindings(file: CheckedFile, use: PropertyUse, { lookup, context }: Known): readonly Finding[] {
  const { value, name, style } = use;
  if (!value || use.isPrefix) return [];
  const property = style === "environment" ? lookup.environment(name) : lookup.properties.find(name);
  const isItself =
    property && (style === "environment" || canonicalName(property.name) === canonicalName(name));
  if (!isItself || property.type === undefined || property.deprecation?.level === "error") return [];
  const problem = valueProblem(property.type, value.text, (type) => context.classpath?.enumConstants?.(type));
  if (problem === undefined) return [];
  const words: FindingWords = {
    rule: "property-value",
    level: "error",
    message: `\`${property.name}\` takes \`${shortType(property.type)}\`: ${problem}`,
  };
  return [findingAt(file, value, words)];
}
