/** Reads the field guide as its tests see it: front matter, prose, the Java sample and the configuration snippets, with lines. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import MarkdownIt from "markdown-it";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";

export const repository = fileURLToPath(new URL("../../..", import.meta.url));
export const guideFolder = path.join(repository, "docs-index", "spring-boot-3.2", "guide");

export const frontMatterSchema = z.strictObject({
  title: z.string().min(3).max(90),
  /** The id of the official section that this one corresponds to. */
  anchor: z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/),
  /** Headings of the official section, outermost first. */
  path: z.array(z.string().min(1)).min(1),
  /** `a.b.Type`, `a.b.Type#member` or a property key: what the sample shows. */
  symbols: z.array(z.string().min(3)).min(1),
  /** The Spring Boot version that brought it, if later than 2.7. */
  since: z.string().optional(),
  /** Names of earlier versions that the text mentions so that they are found. */
  old: z.array(z.string()).optional(),
});

/** A fenced block: its text and the line of the file (from 1) on which that text starts. */
export interface Listing {
  readonly language: string;
  readonly code: string;
  readonly line: number;
}

/** One file of the guide, taken apart. */
export interface GuideSection {
  readonly name: string;
  readonly file: string;
  readonly frontMatter: z.infer<typeof frontMatterSchema>;
  readonly prose: string;
  readonly listings: readonly Listing[];
}

const markdown = new MarkdownIt();

function readSection(file: string): GuideSection {
  const text = readFileSync(file, "utf8");
  const match = /^---\n([\s\S]*?)\n---\n/.exec(text);
  if (match?.[1] === undefined) throw new Error(`${file}: no front matter`);
  const parsed = frontMatterSchema.safeParse(parse(match[1]));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  const offset = match[0].split("\n").length - 1;
  const tokens = markdown.parse(text.slice(match[0].length), {});
  const listings = tokens
    .filter((token) => token.type === "fence")
    .map((token) => ({
      language: token.info.trim(),
      code: token.content,
      line: offset + (token.map?.[0] ?? 0) + 2,
    }));
  const prose = tokens
    .filter((token) => token.type === "inline")
    .map((token) => token.content)
    .join("\n\n");
  return { name: path.basename(file, ".md"), file, frontMatter: parsed.data, prose, listings };
}

/** All sections, by file name. Throws with file and reason when one has no valid front matter. */
export function readGuide(): readonly GuideSection[] {
  return readdirSync(guideFolder)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => readSection(path.join(guideFolder, name)));
}

/** The Java sample of a section. Throws when there is none, or more than one. */
export function javaSample(section: GuideSection): Listing {
  const [sample, ...others] = section.listings.filter((listing) => listing.language === "java");
  if (sample === undefined || others.length > 0)
    throw new Error(`${section.file}: needs exactly one Java sample`);
  return sample;
}

/** Whether a symbol of the front matter is a property key rather than a Java type or member. */
export function isPropertyKey(symbol: string): boolean {
  return !/(^|\.)[A-Z]/.test(symbol);
}

function flatten(value: unknown, prefix: string): string[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => flatten(item, `${prefix}[${String(index)}]`));
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, item]) =>
      flatten(item, prefix === "" ? key : `${prefix}.${key}`),
    );
  }
  return [prefix];
}

/** The configuration keys that the YAML and properties listings of a section set, with indexes cut off. */
export function configurationKeys(section: GuideSection): readonly string[] {
  const keys = section.listings.flatMap(({ language, code }) => {
    if (language === "yaml")
      return parseAllDocuments(code).flatMap((document) => flatten(document.toJS(), ""));
    if (language !== "properties") return [];
    return code
      .split("\n")
      .filter((line) => /^[^#!\s]/.test(line))
      .map((line) => line.split(/[=:]/, 1)[0]?.trim() ?? "");
  });
  return keys.map((key) => key.replaceAll(/\[\d+\]/g, "")).filter((key) => key !== "");
}
