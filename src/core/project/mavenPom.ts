import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import type { BuildFile } from "./buildFacts";

export interface Coordinates {
  readonly group: string;
  readonly artifact: string;
  readonly version?: string;
}

/** A dependency as a `pom.xml` writes it. */
export interface PomDependency extends Coordinates {
  readonly scope?: string;
  readonly type?: string;
  readonly classifier?: string;
  readonly optional?: boolean;
  /** What it must not bring along; `*` stands for any. */
  readonly exclusions?: readonly { readonly group: string; readonly artifact: string }[];
}

export interface PomPlugin extends Coordinates {
  readonly javaRelease?: string;
  /** What the compiler is told to take annotation processors from; absent: from the class path. */
  readonly processors?: readonly PomDependency[];
}

/**
 * The parts of a `pom.xml` that tell of Spring Boot, with those of profiles that are active by default; values are as written, placeholders and
 * all.
 */
export interface Pom {
  readonly label: string;
  readonly group?: string;
  readonly artifact?: string;
  readonly version?: string;
  readonly parent?: Coordinates & {
    /** As written; empty means that the parent is not looked for on disk, absent means Maven's default. */
    readonly relativePath?: string;
  };
  readonly properties: ReadonlyMap<string, string>;
  /** BOMs imported in `dependencyManagement`, in order. */
  readonly imports: readonly Coordinates[];
  /** Other managed dependencies. */
  readonly managed: readonly PomDependency[];
  readonly dependencies: readonly PomDependency[];
  /** Where an artifact that moved is now; a part that is absent stayed. */
  readonly relocation?: Partial<Coordinates>;
  /** Folders of modules, relative to the pom's own. */
  readonly modules: readonly string[];
  readonly plugins: readonly PomPlugin[];
}

const repeated = new Set([
  "dependency",
  "plugin",
  "exclusion",
  "module",
  "path",
  "annotationProcessorPath",
  "profile",
]);
const parser = new XMLParser({
  parseTagValue: false,
  ignoreAttributes: true,
  removeNSPrefix: true,
  isArray: (name) => repeated.has(name),
});

const text = z.string().trim();
const coordinates = z.looseObject({
  groupId: text.optional(),
  artifactId: text.optional(),
  version: text.optional(),
  type: text.optional(),
  scope: text.optional(),
});
/** An empty element is read as an empty text. */
const orEmpty = <T extends z.ZodType>(schema: T) =>
  schema.or(z.literal("").transform(() => undefined)).optional();
const dependency = coordinates.extend({
  classifier: text.optional(),
  optional: text.optional(),
  exclusions: orEmpty(z.looseObject({ exclusion: z.array(coordinates).optional() })),
});
const dependencies = orEmpty(z.looseObject({ dependency: z.array(dependency).optional() }));
/** Maven takes an element of any name here; these two are the ones in use. */
const processorPaths = orEmpty(
  z.looseObject({
    path: z.array(dependency).optional(),
    annotationProcessorPath: z.array(dependency).optional(),
  }),
);
const configuration = orEmpty(
  z.looseObject({
    release: text.optional(),
    target: text.optional(),
    source: text.optional(),
    // A plugin of another kind may give the name another meaning.
    annotationProcessorPaths: processorPaths.catch(undefined),
  }),
);
const pluginEntry = coordinates.extend({ configuration });
const plugins = orEmpty(z.looseObject({ plugin: z.array(pluginEntry).optional() }));
const modules = orEmpty(z.looseObject({ module: z.array(text).optional() }));
/** What may change what a module is compiled with. */
const profile = z.looseObject({
  activation: orEmpty(z.looseObject({ activeByDefault: text.optional() })),
  properties: orEmpty(z.record(z.string(), z.unknown())),
  dependencies,
  modules,
  dependencyManagement: orEmpty(z.looseObject({ dependencies })),
});
const project = z.looseObject({
  groupId: text.optional(),
  artifactId: text.optional(),
  version: text.optional(),
  distributionManagement: orEmpty(z.looseObject({ relocation: orEmpty(coordinates) })),
  parent: orEmpty(coordinates.extend({ relativePath: text.optional() })),
  properties: orEmpty(z.record(z.string(), z.unknown())),
  dependencies,
  modules,
  profiles: orEmpty(z.looseObject({ profile: z.array(profile).optional() })),
  dependencyManagement: orEmpty(z.looseObject({ dependencies })),
  build: orEmpty(z.looseObject({ plugins, pluginManagement: orEmpty(z.looseObject({ plugins })) })),
});

/** Undefined for a text that is no `pom.xml` (half written, say): a project is still a project while its file is edited. */
export function parsePom({ label, text: xml }: BuildFile): Pom | undefined {
  let parsed: unknown;
  try {
    parsed = parser.parse(xml);
  } catch {
    return undefined;
  }
  const read = z.looseObject({ project }).safeParse(parsed);
  if (!read.success) return undefined;
  const { groupId, artifactId, version, parent, properties, build, dependencyManagement } = read.data.project;
  const relocation = read.data.project.distributionManagement?.relocation;
  const profiles = read.data.project.profiles?.profile ?? [];
  // A profile's own word goes before that of the pom.
  const byDefault = profiles.filter(({ activation }) => activation?.activeByDefault === "true");
  const managed = [...byDefault, { dependencyManagement }].flatMap(
    (each) => each.dependencyManagement?.dependencies?.dependency ?? [],
  );
  const isImport = (entry: (typeof managed)[number]) => entry.scope === "import";
  return {
    label,
    ...(groupId && { group: groupId }),
    ...(artifactId && { artifact: artifactId }),
    ...(version && { version }),
    ...(relocation && {
      relocation: {
        ...(relocation.groupId && { group: relocation.groupId }),
        ...(relocation.artifactId && { artifact: relocation.artifactId }),
        ...(relocation.version && { version: relocation.version }),
      },
    }),
    ...(parent && {
      parent: {
        ...coordinatesOf(parent),
        ...(parent.relativePath !== undefined && { relativePath: parent.relativePath }),
      },
    }),
    properties: new Map(
      [{ properties }, ...byDefault].flatMap((each) =>
        Object.entries(each.properties ?? {}).flatMap(([key, value]) =>
          typeof value === "string" ? [[key, value.trim()] as const] : [],
        ),
      ),
    ),
    imports: managed.filter(isImport).map(coordinatesOf),
    managed: managed.filter((entry) => !isImport(entry)).map(dependencyOf),
    dependencies: [...byDefault, read.data.project].flatMap(
      (each) => each.dependencies?.dependency?.map(dependencyOf) ?? [],
    ),
    // Which of them belong to a build is decided when it runs; where they lie is not.
    modules: [...new Set([read.data.project, ...profiles].flatMap((each) => each.modules?.module ?? []))],
    plugins: [...(build?.plugins?.plugin ?? []), ...(build?.pluginManagement?.plugins?.plugin ?? [])].map(
      pluginOf,
    ),
  };
}

function pluginOf(plugin: z.infer<typeof pluginEntry>): PomPlugin {
  const { release, target, annotationProcessorPaths: paths } = plugin.configuration ?? {};
  const javaRelease = release ?? target;
  const processors = [...(paths?.path ?? []), ...(paths?.annotationProcessorPath ?? [])];
  return {
    ...coordinatesOf(plugin),
    ...(javaRelease && { javaRelease }),
    ...(processors.length > 0 && { processors: processors.map(dependencyOf) }),
  };
}

function dependencyOf(entry: z.infer<typeof dependency>): PomDependency {
  const { scope, type, classifier, optional, exclusions } = entry;
  return {
    ...coordinatesOf(entry),
    ...(scope && { scope }),
    ...(type && { type }),
    ...(classifier && { classifier }),
    ...(optional === "true" && { optional: true }),
    ...(exclusions?.exclusion && { exclusions: exclusions.exclusion.map(coordinatesOf) }),
  };
}

function coordinatesOf({ groupId, artifactId, version }: z.infer<typeof coordinates>): Coordinates {
  // A plugin without a group is one of Maven's own.
  return {
    group: groupId ?? "org.apache.maven.plugins",
    artifact: artifactId ?? "",
    ...(version && { version }),
  };
}
