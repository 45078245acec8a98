/**
 * Spring's configuration metadata: what a jar says of the properties that it reads, in `META-INF/spring-configuration-metadata.json` and
 * `META-INF/additional-spring-configuration-metadata.json` (Spring Boot reference, appendix "Configuration Metadata").
 */
import { z } from "zod";

export interface ConfigurationProperty {
  /** As Spring writes it, in kebab case: `spring.datasource.driver-class-name`. */
  readonly name: string;
  /** A Java type with its parameters: `java.util.Map<java.lang.String,java.lang.String>`. */
  readonly type?: string;
  readonly description?: string;
  /** A text, number, truth value or list, as the metadata has it. */
  readonly defaultValue?: unknown;
  /** The class that holds the property. */
  readonly sourceType?: string;
  readonly deprecation?: PropertyDeprecation;
}

export interface PropertyDeprecation {
  /** `error`: the property is no longer read. */
  readonly level: "warning" | "error";
  readonly reason?: string;
  /** Name of the property to use in its place. */
  readonly replacement?: string;
  readonly since?: string;
}

export interface PropertyGroup {
  readonly name: string;
  readonly type?: string;
  readonly description?: string;
  readonly sourceType?: string;
}

/** Values that a property takes. For the keys or values of a map its name ends in `.keys` or `.values`. */
export interface PropertyHint {
  readonly name: string;
  readonly values: readonly { readonly value: unknown; readonly description?: string }[];
  readonly providers: readonly {
    readonly name: string;
    readonly parameters: Readonly<Record<string, unknown>>;
  }[];
}

export interface ConfigurationMetadata {
  readonly properties: readonly ConfigurationProperty[];
  readonly groups: readonly PropertyGroup[];
  readonly hints: readonly PropertyHint[];
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
const deprecationSchema = z.object({
  level: z.enum(["warning", "error"]).nullish().catch(undefined),
  reason: text,
  replacement: text,
  since: text,
});
const propertySchema = z.object({
  name: z.string(),
  type: text,
  description: text,
  defaultValue: z.unknown().optional(),
  sourceType: text,
  deprecated: z.boolean().nullish(),
  deprecation: deprecationSchema.nullish(),
});
const groupSchema = z.object({ name: z.string(), type: text, description: text, sourceType: text });
const hintSchema = z.object({
  name: z.string(),
  values: z.array(z.object({ value: z.unknown().optional(), description: text })).nullish(),
  providers: z
    .array(z.object({ name: z.string(), parameters: z.record(z.string(), z.unknown()).nullish() }))
    .nullish(),
});
/** A single entry that is not as it should be is left out; the others are read. */
const listOf = <T extends z.ZodType>(schema: T) =>
  z
    .array(z.unknown())
    .nullish()
    .transform((items) =>
      (items ?? []).flatMap((item) => {
        const read = schema.safeParse(item);
        return read.success ? [read.data] : [];
      }),
    );
const fileSchema = z.object({
  properties: listOf(propertySchema),
  groups: listOf(groupSchema),
  hints: listOf(hintSchema),
});

/** Undefined for a text that is no configuration metadata. */
export function parseConfigurationMetadata(json: string): ConfigurationMetadata | undefined {
  let content: unknown;
  try {
    content = JSON.parse(json.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
  const file = fileSchema.safeParse(content);
  if (!file.success) return undefined;
  const { properties, groups, hints } = file.data;
  return {
    properties: properties.map(propertyOf),
    groups: groups.map(defined),
    hints: hints.map(({ name, values, providers }) => ({
      name,
      values: (values ?? []).map(({ value, description }) => ({
        value,
        ...(description !== undefined && { description }),
      })),
      providers: (providers ?? []).map((provider) => ({
        name: provider.name,
        parameters: provider.parameters ?? {},
      })),
    })),
  };
}

function propertyOf({ deprecated, deprecation, ...rest }: z.infer<typeof propertySchema>) {
  const isDeprecated = deprecated === true || (deprecation !== null && deprecation !== undefined);
  const level = deprecation?.level ?? "warning";
  return {
    ...defined({ ...rest, defaultValue: rest.defaultValue ?? undefined }),
    ...(isDeprecated && { deprecation: { ...defined(deprecation ?? {}), level } }),
  };
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the keys that have no value. */
function defined<T extends object>(item: T): Defined<T> {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** One after the other; of a property that several name, the first says most and the others fill in what it leaves out. */
export function mergeMetadata(parts: readonly ConfigurationMetadata[]): ConfigurationMetadata {
  return {
    properties: byName(parts.flatMap(({ properties }) => properties)),
    groups: byName(parts.flatMap(({ groups }) => groups)),
    hints: byName(parts.flatMap(({ hints }) => hints)),
  };
}

function byName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  const merged = new Map<string, T>();
  for (const item of items) merged.set(item.name, { ...item, ...merged.get(item.name) });
  return [...merged.values()];
}
