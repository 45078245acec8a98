/** Users' questions of the package: `docs-index/<line>/questions/*.json` and `*.jsonl`, and their vectors, computed when it was built. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { EmbeddingIdentity } from "../../core/embedder";
import type { QuestionEntry, QuestionSource } from "../../core/search/questions";
import { createVectorCache, passageHash } from "../store/vectorCache";

const section = z.object({ anchor: z.string().min(1), questions: z.array(z.string().min(1)) });

/** Folders of the package's documents, `docs-index/spring-boot-3.2`. */
export const questionsFolder = (packageRoot: string, lineFolder: string) =>
  join(packageRoot, "docs-index", lineFolder, "questions");

/** Questions that users ask beside them and that the line's documents do not answer; none when there is no such file. */
export async function readUnanswered(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, "..", "unanswered.json"), "utf8").catch(() => "[]");
  return z.array(z.string().min(1)).parse(JSON.parse(text));
}

/** All questions of a folder in the order of its files; none when there is no folder. Throws on a line that is no section's questions. */
export async function readQuestionEntries(folder: string): Promise<readonly QuestionEntry[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.jsonl?$/.test(name)).sort();
  const sections = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), "utf8");
      const values: unknown[] = name.endsWith("l")
        ? text.split("\n").flatMap((line): unknown[] => (line.trim() === "" ? [] : [JSON.parse(line)]))
        : [JSON.parse(text)].flat();
      return z.array(section).parse(values);
    }),
  );
  return sections
    .flat()
    .flatMap(({ anchor, questions }) => questions.map((question) => ({ anchor, question })));
}

/** The questions of every line with the vectors that fit the identity; a question without one is found by its words. */
export async function readQuestions(
  packageRoot: string,
  identity: EmbeddingIdentity,
): Promise<QuestionSource> {
  const lines = await readdir(join(packageRoot, "docs-index"), { withFileTypes: true }).catch(() => []);
  const folders = lines
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => questionsFolder(packageRoot, name));
  const parts = await Promise.all(
    folders.map(async (folder) => {
      const entries = await readQuestionEntries(folder);
      const known =
        entries.length > 0 ? await createVectorCache(folder, identity, { plain: true }).load() : undefined;
      const unanswered = await readUnanswered(folder);
      return {
        entries,
        vectors: entries.map(({ question }) => known?.get(passageHash(question))),
        unanswered: unanswered.flatMap((question) => known?.get(passageHash(question)) ?? []),
      };
    }),
  );
  const entries = parts.flatMap((part) => part.entries);
  return {
    entries,
    vectors: {
      embedding: identity,
      values: parts.flatMap((part) => part.vectors),
      unanswered: parts.flatMap((part) => part.unanswered),
    },
  };
}
