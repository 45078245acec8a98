/** What the tools that other programs call take. Both doors, MCP and the editor's language-model tools, publish these as JSON Schema. */
import * as z from "zod/mini";

const springBootVersion = z.optional(
  z
    .string()
    .check(
      z.regex(/^\d+\.\d+(?:\.\d+)?(?:[.-][\w.-]+)?$/),
      z.describe("Spring Boot version, for example 3.2.12. Leave it out to use the version of the project."),
    ),
);
/** Characters of a file that is judged; a source file of a megabyte is generated, and compiled for minutes. */
const longestCode = 1_000_000;

export const toolInputs = {
  docwright_searchDocs: z.object({
    question: z
      .string()
      .check(
        z.minLength(1),
        z.maxLength(4_000),
        z.describe("The question in plain words, with the names of types or properties that it is about."),
      ),
    springBootVersion,
    count: z.optional(
      z.int().check(z.gte(1), z.lte(20), z.describe("How many passages to return; 6 when left out.")),
    ),
  }),
  docwright_checkCode: z.object({
    file: z
      .string()
      .check(
        z.minLength(1),
        z.maxLength(4_000),
        z.describe(
          "Path of the file below the project's folder; its name decides how it is judged (Order.java, application.yml, pom.xml).",
        ),
      ),
    code: z.optional(
      z
        .string()
        .check(
          z.maxLength(longestCode),
          z.describe("The whole text to judge. Leave it out to judge the file as it is on disk."),
        ),
    ),
    springBootVersion,
  }),
  docwright_propertyInfo: z.object({
    name: z
      .string()
      .check(
        z.minLength(1),
        z.maxLength(500),
        z.describe("Name of a property or of a group of properties, for example spring.jpa.open-in-view."),
      ),
    springBootVersion,
  }),
} as const;

export type ToolName = keyof typeof toolInputs;
export type ToolInput<Name extends ToolName> = z.infer<(typeof toolInputs)[Name]>;

/** For a person (`title`) and for the model that chooses a tool (`description`). */
export const toolWords = {
  docwright_searchDocs: {
    title: "Search the Spring Boot documents",
    description:
      "Finds passages of the Spring Boot reference in exactly the project's version (and of other documents that were indexed), with headings, anchors and addresses. Use it before writing or explaining Spring Boot code. It says when the documents do not answer.",
  },
  docwright_checkCode: {
    title: "Check Spring Boot code",
    description:
      "Checks one Java, Kotlin, properties, YAML, Maven or Gradle file against the project's own class path and Spring Boot version: types that do not exist, deprecated and removed API, unknown or renamed properties, known mistakes. Returns each finding with its line and the fix. Use it on every file that you write.",
  },
  docwright_propertyInfo: {
    title: "Look up a configuration property",
    description:
      "Tells what the project's own jars say of a configuration property: type, default, values, description, deprecation and replacement. A name that does not exist gets the nearest ones; a group gets its members.",
  },
} as const satisfies Record<ToolName, { readonly title: string; readonly description: string }>;

export const toolNames = Object.keys(toolInputs) as readonly ToolName[];

/** The JSON Schema of a tool's input, as both doors publish it. */
export const inputSchema = (name: ToolName): object => z.toJSONSchema(toolInputs[name], { io: "input" });

/** A sentence for the model that called when the input is not as it should be. */
export function readInput<Name extends ToolName>(
  name: Name,
  input: unknown,
): { readonly value: ToolInput<Name> } | { readonly problem: string } {
  const read = z.safeParse(toolInputs[name], input);
  if (read.success) return { value: read.data as ToolInput<Name> };
  const problems = read.error.issues.map(({ path, code }) => `${path.join(".") || "the input"} (${code})`);
  return { problem: `The input of ${name} is not as its schema says: ${problems.join(", ")}.` };
}
