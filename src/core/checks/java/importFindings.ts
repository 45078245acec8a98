/** What is said of a type or package that an import or a name in full asks for and nothing on the class path has. */
import type { Fix, FindingWords } from "../finding";
import { starterOf } from "./starters";
import { certainStandIn, nearestText, simpleName, standIns, type TypeNames } from "./typeNames";

export interface ImportedType {
  /** In full; `static`, a member and `.*` are left out. */
  readonly name: string;
  /** Where the name stands in the text. */
  readonly start: number;
  readonly end: number;
  /** True for `import a.b.*`; the name is the package. */
  readonly star: boolean;
}

export interface NamesInVersion {
  readonly names: TypeNames;
  /** Names in full that the file can mean by a simple one; absent: all of that name. */
  readonly candidates?: (simpleName: string) => readonly string[];
  /** True for a package of the project's own sources: no dependency brings its types. */
  readonly isOwnPackage?: (name: string) => boolean;
  /** For the message: "Spring Boot 3.2.12". */
  readonly version: string | undefined;
  /** The Java release that the code is compiled for. */
  readonly release?: string | undefined;
}

/** With the edit that mends it where the right one is certain; else offers those of the same name. */
export function unknownImport(imported: ImportedType, context: NamesInVersion): FindingWords {
  return withEdits(importWords(imported, context), imported, context);
}

function importWords({ name, star }: ImportedType, context: NamesInVersion): FindingWords {
  const { names, version } = context;
  const inVersion = version === undefined ? "" : ` in ${version}`;
  const packageName = star ? name : name.slice(0, Math.max(0, name.lastIndexOf(".")));
  if (star) {
    const moved = movedPackage(packageName, names);
    return moved === undefined
      ? needsDependency(packageName, context)
      : {
          rule: "unknown-package",
          level: "error",
          message: `There is no package \`${packageName}\`${inVersion}; it is \`${moved}\`.`,
        };
  }
  const candidates = standIns(name, names);
  const certain = certainStandIn(name, candidates, names);
  if (certain !== undefined) {
    return {
      rule: "unknown-type",
      level: "error",
      message: `There is no \`${name}\`${inVersion}; it is \`${certain}\`.`,
    };
  }
  const isOwn = context.isOwnPackage?.(packageName) === true;
  if (!isOwn && !names.hasPackage(packageName)) {
    const dependency = needsDependency(packageName, context);
    if (jakartaName(packageName, version) !== undefined) return dependency;
    const near = candidates.slice(0, 3).map((each) => `\`${each.name}\``);
    return near.length === 0
      ? dependency
      : { ...dependency, message: `${dependency.message} Of that name there is ${near.join(", ")}.` };
  }
  const near =
    candidates.length > 0 ? candidates.map((each) => each.name) : names.similar(simpleName(name), 3);
  return {
    rule: "unknown-type",
    // Another module of the build, which is not seen from here, may have the same package.
    level: isOwn ? "warning" : "error",
    message: `There is no \`${name}\`${isOwn ? " in the project" : inVersion}.${nearestText(near)}`,
  };
}

function needsDependency(packageName: string, { names, version }: NamesInVersion): FindingWords {
  const starter = starterOf(packageName);
  const isThere = starter === undefined ? "" : ` \`${starter}\` brings it.`;
  const jakarta = jakartaName(packageName, version);
  if (jakarta !== undefined) {
    return {
      rule: "needs-dependency",
      level: "warning",
      message: `Since Spring Boot 3 \`${packageName}\` is \`${jakarta}\`, and nothing on the class path has that.${isThere}`,
    };
  }
  return {
    rule: "needs-dependency",
    level: "warning",
    message: `Nothing on the class path has the package \`${packageName}\`: a dependency is missing, or there is no such package.${names.hasPackage(packageName) ? "" : isThere}`,
  };
}

/** The packages of Jakarta EE that Spring Boot 3 took under their new names (Spring Boot 3.0 Migration Guide, "Jakarta EE"); the JDK keeps others. */
const movedToJakarta =
  /^javax\.(?:batch|ejb|el|enterprise|inject|jms|json|mail|persistence|servlet|transaction|validation|websocket|ws\.rs|xml\.bind|annotation)\b/;

function jakartaName(name: string, version: string | undefined): string | undefined {
  const isBefore = Number(/\d+/.exec(version ?? "3")?.[0]) < 3;
  return !isBefore && movedToJakarta.test(name) ? name.replace(/^javax\./, "jakarta.") : undefined;
}

/** The package that has taken its place: the same parts but for the first, as with `javax.validation`. */
export function movedPackage(packageName: string, names: TypeNames): string | undefined {
  const moved = packageName.replace(/^javax\./, "jakarta.");
  return moved !== packageName && names.hasPackage(moved) ? moved : undefined;
}

function withEdits(
  words: FindingWords,
  imported: ImportedType,
  { names, version }: NamesInVersion,
): FindingWords {
  if (imported.star) {
    const moved = movedPackage(imported.name, names);
    return moved === undefined ? words : { ...words, fix: rename(imported, moved) };
  }
  const candidates = standIns(imported.name, names);
  const certain = certainStandIn(imported.name, candidates, names);
  if (certain !== undefined) return { ...words, fix: rename(imported, certain) };
  if (words.rule === "needs-dependency") {
    const jakarta = jakartaName(imported.name, version);
    return jakarta === undefined ? words : { ...words, alternatives: [rename(imported, jakarta)] };
  }
  const offered = candidates.slice(0, 5).map(({ name }) => rename(imported, name));
  return offered.length === 0 ? words : { ...words, alternatives: offered };
}

function rename({ start, end }: { readonly start: number; readonly end: number }, name: string): Fix {
  return { title: `Use \`${name}\``, edits: [{ start, end, text: name }] };
}
