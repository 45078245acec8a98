/** The YAML block that may stand at the head of a Markdown file. */
import { parse } from "yaml";

export interface FrontMatter {
  readonly title?: string;
  /** Id of the section that the whole file is. */
  readonly anchor?: string;
  /** Heading path of the whole file, outermost first. */
  readonly path?: readonly string[];
  /** Names that the file teaches; they become part of its text so that they are found. */
  readonly symbols?: readonly string[];
  readonly springBootVersion?: string;
}

/** Throws when the block is there and is no YAML. */
export function splitFrontMatter(source: string): {
  readonly frontMatter: FrontMatter;
  readonly body: string;
} {
  const match = /^\uFEFF?---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(source);
  if (!match) return { frontMatter: {}, body: source };
  const data: unknown = parse(match[1] ?? "");
  const field = (name: string): unknown =>
    typeof data === "object" && data !== null && name in data
      ? (data as Readonly<Record<string, unknown>>)[name]
      : undefined;
  const title = text(field("title"));
  const anchor = text(field("anchor"));
  const path = texts(field("path"));
  const symbols = texts(field("symbols"));
  const springBootVersion = text(field("spring-boot")) ?? text(field("springBoot"));
  return {
    frontMatter: {
      ...(title !== undefined && { title }),
      ...(anchor !== undefined && { anchor }),
      ...(path !== undefined && { path }),
      ...(symbols !== undefined && { symbols }),
      ...(springBootVersion !== undefined && { springBootVersion }),
    },
    body: source.slice(match[0].length),
  };
}

function text(value: unknown): string | undefined {
  if (typeof value === "string" && value.trim() !== "") return value.trim();
  return typeof value === "number" ? String(value) : undefined;
}

function texts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const found = value.map(text).filter((entry) => entry !== undefined);
  return found.length > 0 ? found : undefined;
}
