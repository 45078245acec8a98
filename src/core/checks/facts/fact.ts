import { z } from "zod";

/**
 * Something that compiles, or starts, and is wrong in some versions of Spring Boot: data, so that a team can add its own. Patterns are RE2's
 * (linear in the text, no back references): `^` and `$` are those of a line.
 */
const factSchema = z.strictObject({
  /** Kebab case, one's own: findings carry it as their rule, `fact-<id>`. */
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  level: z.enum(["error", "warning", "info"]),
  /** The first version that it holds for, "3.0"; absent: all. */
  since: z.string().optional(),
  /** The first version that it no longer holds for; absent: none. */
  until: z.string().optional(),
  /** What a file has to be. */
  languages: z.array(z.enum(["java", "kotlin", "properties", "yaml", "maven", "gradle", "other"])).min(1),
  /** What its path has to match. */
  path: z.string().optional(),
  /** `code` leaves comments out, `names` strings too; `text` is all of it. Only Java and Kotlin know the difference. */
  scope: z.enum(["text", "code", "names"]).default("code"),
  pattern: z.string().min(1),
  /** The file has to hold it, too; for `onlyWithout`, must not. */
  onlyWith: z.string().optional(),
  onlyWithout: z.string().optional(),
  /** Whole sentences: what is wrong, and what is right. `$1` stands for the pattern's first group. */
  message: z.string().min(1),
  /** What the whole match becomes; `$1` as in the message. Absent: there is no doubtless mending. */
  replacement: z.string().optional(),
  /** Anchor of the section of the reference that tells more. */
  anchor: z.string().optional(),
  /** How it was proven. */
  evidence: z.string().min(1),
});

export type Fact = z.output<typeof factSchema>;

const fileSchema = z.strictObject({ facts: z.array(factSchema) });

export type ReadFacts =
  | { readonly facts: readonly Fact[] }
  /** What is wrong with the text, with the place in it. */
  | { readonly problem: string };

/** Reads a file of facts, `{"facts": [...]}`. */
export function parseFacts(text: string): ReadFacts {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  return readFacts(content);
}

/** The same of parsed JSON. */
export function readFacts(content: unknown): ReadFacts {
  const read = fileSchema.safeParse(content);
  if (read.success) return { facts: read.data.facts };
  const [issue] = read.error.issues;
  return { problem: issue ? `${issue.path.join(".")}: ${issue.message}` : "it holds no facts" };
}
