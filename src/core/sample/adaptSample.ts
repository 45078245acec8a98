/** Makes a sample of the field guide fit the file it is offered for: package, the name of its main type, imports that the file has. */
import { headerOf, masked, packageOfPath, typesOf } from "../generate/jvmSource";
import { applyEdits, type TextEdit } from "../generate/textEdit";

export interface GuideSample {
  /** Heading of the guide's section. */
  readonly title: string;
  readonly anchor?: string;
  /** Id of the passage that it was found by. */
  readonly passageId: string;
  /** The compiled Java source, as the guide has it. */
  readonly java: string;
  /** What belongs to it: configuration and dependencies. */
  readonly others: readonly { readonly language: string; readonly text: string }[];
}

export interface SamplePlace {
  /** Of the file, absolute or relative to the project, with forward slashes; absent: no file is known. */
  readonly path?: string;
  /** What the file holds; absent or empty for a new one. */
  readonly text?: string;
}

export interface AdaptedSample {
  readonly code: string;
  /** What was changed, one sentence each. */
  readonly changes: readonly string[];
}

/** The Java sample and what stands beside it, from a section of the guide; undefined where there is none. */
export function sampleIn(
  section: string,
  about: Pick<GuideSample, "title" | "anchor" | "passageId">,
): GuideSample | undefined {
  const blocks = [...section.matchAll(/^(`{3,})([\w-]*)[^\n]*\n([\s\S]*?)^\1`*[ \t]*$/gm)].map(
    ([, , language = "", text = ""]) => ({ language, text: text.trimEnd() }),
  );
  const java = blocks.find(({ language }) => language === "java")?.text;
  if (java === undefined) return undefined;
  return { ...about, java, others: blocks.filter(({ language }) => language !== "java") };
}

export function adaptSample({ java }: GuideSample, { path, text = "" }: SamplePlace): AdaptedSample {
  const edits: TextEdit[] = [];
  const changes: string[] = [];
  const header = headerOf(java);
  const packageName =
    /^package\s+([\w.]+)/.exec(headerOf(text).packageLine?.text ?? "")?.[1] ??
    (path === undefined ? undefined : packageOfPath(path));
  const line = header.packageLine;
  if (line && packageName !== undefined && line.text !== `package ${packageName};`) {
    edits.push({ start: line.start, end: line.end, text: `package ${packageName};` });
    changes.push(`Its package is \`${packageName}\`.`);
  }
  const wanted = path === undefined ? undefined : /([A-Za-z_$][\w$]*)\.java$/.exec(path)?.[1];
  const types = typesOf(java).filter(({ depth }) => depth === 0);
  const main = mainType(java, types);
  const hasTypes = typesOf(text).length > 0;
  const isTaken = types.some(({ name }) => name === wanted);
  if (wanted !== undefined && main !== undefined && !hasTypes && !isTaken && wanted !== main) {
    for (const match of masked(java).matchAll(new RegExp(`(?<![\\w$])${main}(?![\\w$])`, "g"))) {
      edits.push({ start: match.index, end: match.index + main.length, text: wanted });
    }
    changes.push(`\`${main}\` is called \`${wanted}\`.`);
  }
  return { code: applyEdits(java, edits), changes };
}

/** The public type, else the first one. */
function mainType(
  java: string,
  types: readonly { readonly name: string; readonly start: number; readonly open: number }[],
) {
  const isPublic = ({ start, open }: { readonly start: number; readonly open: number }) =>
    /(^|\s)public\s/.test(java.slice(start, open).replaceAll(/\([^)]*\)/g, ""));
  return (types.find(isPublic) ?? types[0])?.name;
}
