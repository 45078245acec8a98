import { z } from "zod";
import type { MetadataText } from "../check";

/** A property as a jar's configuration metadata describes it. */
export interface MetadataProperty {
  readonly name: string;
  /** Java type with its parameters, nested types with `$`; absent where the metadata names none. */
  readonly type?: string;
  readonly description?: string;
  readonly deprecation?: MetadataDeprecation;
}

export interface MetadataDeprecation {
  /** `error`: the property is not bound any more; `warning`: it still is. */
  readonly level: "warning" | "error";
  readonly replacement?: string;
  readonly reason?: string;
  readonly since?: string;
}

/** What one metadata file holds. Format: Spring Boot reference, appendix "Configuration Metadata". */
export interface Metadata {
  readonly origin: string;
  readonly groups: readonly string[];
  readonly properties: readonly MetadataProperty[];
}

const optionalText = z.string().optional().catch(undefined);
const file = z.object({
  groups: z.array(z.object({ name: z.string() })).catch([]),
  properties: z
    .array(
      z.object({
        name: z.string(),
        type: optionalText,
        description: optionalText,
        deprecated: z.boolean().optional().catch(undefined),
        deprecation: z
          .object({
            level: optionalText,
            replacement: optionalText,
            reason: optionalText,
            since: optionalText,
          })
          .optional()
          .catch(undefined),
      }),
    )
    .catch([]),
});

/** Undefined for a text that is no metadata: a foreign jar's damaged file does not stop a check. */
export function parseMetadata({ origin, text }: MetadataText): Metadata | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  const read = file.safeParse(content);
  if (!read.success) return undefined;
  return {
    origin,
    groups: read.data.groups.map(({ name }) => name),
    properties: read.data.properties.map(propertyOf),
  };
}

function propertyOf({
  name,
  type,
  description,
  deprecated,
  deprecation,
}: z.infer<typeof file>["properties"][number]): MetadataProperty {
  return {
    name,
    ...(type !== undefined && { type }),
    ...(description !== undefined && { description }),
    ...((deprecated === true || deprecation) && {
      deprecation: {
        level: deprecation?.level === "error" ? ("error" as const) : ("warning" as const),
        ...(deprecation?.replacement !== undefined && { replacement: deprecation.replacement }),
        ...(deprecation?.reason !== undefined && { reason: deprecation.reason }),
        ...(deprecation?.since !== undefined && { since: deprecation.since }),
      },
    }),
  };
}
