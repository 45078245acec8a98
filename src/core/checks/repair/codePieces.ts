/** Code of an answer as files that can be checked beside a project, and findings back at their places in the code. */
import type { CheckReport, CheckRequest, NotChecked } from "../checkReport";
import type { Finding } from "../finding";
import { codeOf, findingInCode, snippetsOf, type JavaSnippet } from "./snippet";
import type { CheckedText, Mended } from "./mend";

export interface CodeBlock {
  /** As fences name it; absent where the fence does not say. */
  readonly language?: string;
  readonly text: string;
}

export interface CodePieces {
  readonly block: CodeBlock;
  /** Empty for what is not checked. */
  readonly files: readonly CheckedText[];
  /** Of Java. */
  readonly snippets: readonly JavaSnippet[];
  /** Why nothing is checked. */
  readonly why?: string;
}

/** What was found in a block, at its places in the block. */
export interface CheckedBlock {
  readonly block: CodeBlock;
  readonly findings: readonly Finding[];
  /** The block's text, mended as far as that goes. */
  readonly text: string;
  readonly mended: readonly Mended[];
  readonly before: readonly Finding[];
  readonly why?: string;
}

/**
 * @param directory The folder of the module that the code is for, with its separators; nothing is written there.
 * @param index Unique among the blocks that are checked together.
 */
export function codePieces(block: CodeBlock, directory: string, index: number): CodePieces {
  const folder = `${directory}/.docwright/${index}`;
  const none = { block, files: [], snippets: [] };
  const only = (name: string) => ({
    block,
    snippets: [],
    files: [{ path: `${folder}/${name}`, text: block.text }],
  });
  if (block.text.trim() === "") return none;
  switch (languageOf(block)) {
    case "java": {
      const snippets = snippetsOf(block.text);
      if (!snippets)
        return { ...none, why: "It is a part of a method; without the rest it cannot be judged." };
      const files = snippets.map(({ text }, part) => ({ path: `${folder}/Answer${part}.java`, text }));
      return { block, files, snippets };
    }
    case "kotlin":
      return only("Answer.kt");
    case "properties":
      return only("application.properties");
    case "yaml":
      return only("application.yml");
    case "xml":
      return block.text.includes("<project") ? only("pom.xml") : none;
    case "groovy":
      return only("build.gradle");
    default:
      return none;
  }
}

/** What the fence says, else what the code looks like. */
function languageOf({ language, text }: CodeBlock): string {
  switch (language) {
    case undefined:
    case "":
      return /^\s*(?:package|import)\s+[\w.]+.*;|\b(?:class|interface|record|enum)\s+\w+[^;]*\{/m.test(text)
        ? "java"
        : "";
    case "kt":
      return "kotlin";
    case "yml":
      return "yaml";
    case "gradle":
      return "groovy";
    default:
      return language;
  }
}

/** The request that checks the pieces, and mends them. */
export function piecesRequest(
  pieces: readonly CodePieces[],
  about: Omit<CheckRequest, "files" | "mend">,
): CheckRequest {
  return { ...about, files: pieces.flatMap(({ files }) => files), mend: true };
}

export function checkedBlocks(pieces: readonly CodePieces[], report: CheckReport): readonly CheckedBlock[] {
  return pieces.map(({ block, files, snippets, why }) => {
    const paths = files.map(({ path }) => path);
    const findingsIn = (found: CheckReport["files"]) =>
      paths.flatMap((path, index) => {
        const own = found.find((file) => file.path === path)?.findings ?? [];
        const snippet = snippets[index];
        return snippet ? own.flatMap((finding) => findingInCode(finding, snippet) ?? []) : own;
      });
    const texts = files.map(
      ({ path, text }) => report.mended?.files.find((file) => file.path === path)?.text ?? text,
    );
    const findings = findingsIn(report.files);
    return {
      block,
      findings,
      text: snippets.length > 0 ? codeOf(snippets, texts) : (texts[0] ?? block.text),
      mended: report.mended?.done.filter(({ path }) => paths.includes(path)) ?? [],
      before: report.mended ? findingsIn(report.mended.before) : findings,
      ...(why !== undefined && { why }),
    };
  });
}

/** What could not be judged, without the paths that only we know. */
export function plainNotes(notChecked: readonly NotChecked[]): readonly NotChecked[] {
  return notChecked.map(({ why, remedy }) => ({ why, ...(remedy !== undefined && { remedy }) }));
}
