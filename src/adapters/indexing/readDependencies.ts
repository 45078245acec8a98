/**
 * What the jars of a project's dependencies say, as documents: first the configuration properties of all, then the classes, direct
 * dependencies before what they bring along, until the budget is spent.
 */
import { readFile } from "node:fs/promises";
import { apiSections, defaultApiBudget } from "../../core/api/apiSections";
import { chunkDocument } from "../../core/document/chunker";
import type { Section } from "../../core/document/section";
import { FailureError, failureOf } from "../../core/failure";
import { failureText } from "../../core/failureText";
import { propertySections } from "../../core/metadata/propertySections";
import type { SetChunk } from "../../core/search/searchableSet";
import { buildChecksum } from "../classpath/buildTexts";
import { fetchDocuments } from "../dependencies/fetchDocuments";
import { projectDependencies, type DependencyFiles } from "../dependencies/projectDependencies";
import { readJarMetadata } from "../jars/jarMetadata";
import { readProjectFacts } from "../project/projectFiles";
import { readApiJar } from "../readers/api/apiJar";
import { sha256 } from "../store/checksum";
import {
  earlierDocuments,
  type ReadSourceProps,
  type SourceContent,
  type SourceDocument,
} from "./readSource";

/** Passages of a project. Hundreds of jars would bury the reference, and take minutes and memory for what nobody asks. */
export const mostPassages = 40_000;

type Part = "configuration-metadata" | "javadoc" | "java-source";

interface PartOfJar {
  readonly dependency: DependencyFiles;
  readonly part: Part;
  readonly jar: string;
}

/** Throws `no-documents` when no build file is found or none of its dependencies says anything on this machine. */
export async function readDependencies(
  { source, earlier, onDocument }: ReadSourceProps,
  signal: AbortSignal,
): Promise<SourceContent> {
  const build = await buildChecksum(source.path, signal);
  const resolveAll = () => projectDependencies(source.path, { environment: process.env }, signal);
  let found = await resolveAll();
  if (found && source.fetch) {
    await fetchDocuments(found, (label) => onDocument({ label, done: 0, total: 0, passages: 0 }), signal);
    found = await resolveAll();
  }
  if (!found) throw new FailureError({ kind: "no-documents", path: source.path });
  const { springBootVersion } = await readProjectFacts(source.path, signal);
  const parts = partsOf(found.dependencies);
  const known = earlierDocuments(earlier);
  const documents: SourceDocument[] = [];
  const passedOver: { path: string; why: string }[] = [];
  const left: string[] = [];
  let [passages, leftOut] = [0, 0];
  for (const [index, part] of parts.entries()) {
    signal.throwIfAborted();
    const name = nameOf(part.dependency);
    onDocument({ label: name, done: index, total: parts.length, passages });
    if (passages >= mostPassages) {
      if (left.at(-1) !== name) left.push(name);
      continue;
    }
    try {
      const read = await readPart(part, known, springBootVersion, signal);
      leftOut += read.leftOut;
      if (read.document) {
        documents.push(read.document);
        passages += read.document.chunks.length;
      }
    } catch (error) {
      signal.throwIfAborted();
      passedOver.push({ path: part.jar, why: failureText(failureOf(error)).message });
    }
  }
  onDocument({ label: source.path, done: parts.length, total: parts.length, passages });
  if (documents.length === 0) throw new FailureError({ kind: "no-documents", path: source.path });
  return {
    ...(source.source?.kind === "dependencies" &&
      build !== undefined && { source: { ...source.source, build } }),
    documents,
    passedOver: [...passedOver, ...notes(found.dependencies, found.unknown, left, leftOut)].map((note) => ({
      ...note,
      path: note.path === "" ? source.path : note.path,
    })),
  };
}

function partsOf(dependencies: readonly DependencyFiles[]): readonly PartOfJar[] {
  const metadata = dependencies.flatMap((dependency): PartOfJar[] =>
    dependency.jar === undefined ? [] : [{ dependency, part: "configuration-metadata", jar: dependency.jar }],
  );
  const classes = dependencies.flatMap((dependency): PartOfJar[] => {
    if (dependency.javadoc !== undefined) return [{ dependency, part: "javadoc", jar: dependency.javadoc }];
    if (dependency.sources !== undefined)
      return [{ dependency, part: "java-source", jar: dependency.sources }];
    return [];
  });
  return [...metadata, ...classes];
}

async function readPart(
  { dependency, part, jar }: PartOfJar,
  known: ReadonlyMap<string, SourceDocument>,
  springBootVersion: string | undefined,
  signal: AbortSignal,
): Promise<{ readonly document?: SourceDocument; readonly leftOut: number }> {
  const { group, artifact, version } = dependency;
  const path = `${group}/${artifact}/${version}/${part}`;
  const hash = sha256(await readFile(jar));
  const before = known.get(path);
  if (before?.entry.sha256 === hash && before.entry.springBootVersion === springBootVersion) {
    return { document: before, leftOut: 0 };
  }
  const { sections, leftOut } = await sectionsOf(part, jar, signal);
  if (sections.length === 0) return { leftOut };
  const title = `${artifact} ${version}`;
  const chunks = chunkDocument({ title, format: "text", sections }).map((chunk): SetChunk => ({
    ...chunk,
    document: title,
    documentPath: path,
  }));
  const entry = {
    path,
    title,
    format: part,
    sha256: hash,
    ...(springBootVersion !== undefined && { springBootVersion }),
    passages: chunks.length,
  };
  return { document: { entry, chunks, unchanged: false }, leftOut };
}

async function sectionsOf(
  part: Part,
  jar: string,
  signal: AbortSignal,
): Promise<{ readonly sections: readonly Section[]; readonly leftOut: number }> {
  if (part !== "configuration-metadata") return apiSections(await readApiJar(jar, signal), defaultApiBudget);
  const metadata = await readJarMetadata(jar, signal);
  return { sections: metadata ? propertySections(metadata) : [], leftOut: 0 };
}

/** What a person may miss, each said once; an empty path is the project. */
function notes(
  dependencies: readonly DependencyFiles[],
  unknown: readonly string[],
  left: readonly string[],
  leftOut: number,
): { path: string; why: string }[] {
  const silent = dependencies.filter(
    ({ jar, javadoc, sources }) => jar !== undefined && javadoc === undefined && sources === undefined,
  );
  const sentences = [
    silent.length === 0
      ? ""
      : `${silent.length} of ${dependencies.length} dependencies have neither javadoc nor sources on this machine (${some(silent.map(nameOf))}); they can be fetched.`,
    unknown.length === 0
      ? ""
      : `What ${some(unknown)} bring along is not known: their poms are not on this machine.`,
    left.length === 0 ? "" : `${left.length} were left out because there are enough passages: ${some(left)}.`,
    leftOut === 0 ? "" : `${leftOut} members of very large classes and jars are named, but not described.`,
  ];
  return sentences.filter((why) => why !== "").map((why) => ({ path: "", why }));
}

const nameOf = ({ artifact, version }: DependencyFiles) => `${artifact} ${version}`;

function some(names: readonly string[]): string {
  return names.length <= 4
    ? names.join(", ")
    : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}
