/**
 * Reads what a Gradle script says of Spring Boot. A script is a program, and only Gradle can run it; these are the ways in which versions
 * are written in practice, in Groovy and in Kotlin.
 */
import type { BuildFile } from "./buildFacts";

/** An expression as written: a text in quotes, or a name. */
export type Expression = string;

export interface GradleScript {
  readonly label: string;
  /** The plugin `org.springframework.boot`, by id; the version is absent where another file gives it. */
  readonly plugin?: { readonly version?: Expression };
  /** Aliases of plugins from the catalog: `spring.boot` of `alias(libs.plugins.spring.boot)`. */
  readonly pluginAliases: readonly string[];
  /** Aliases of libraries and bundles (`bundles.web`) from the catalog. */
  readonly libraryAliases: readonly string[];
  /** Dependencies written as `group:artifact:version` or as a map; the version may be an expression or absent. */
  readonly dependencies: readonly {
    readonly group: string;
    readonly artifact: string;
    readonly version?: Expression;
    /** Written in the configuration that annotation processors are taken from. */
    readonly isProcessor?: true;
  }[];
  /** Names that are given a text somewhere in the script. */
  readonly variables: ReadonlyMap<string, string>;
  readonly java?: Expression;
  readonly kotlin: boolean;
}

const name = String.raw`[A-Za-z_][\w.]*(?:\[["'][\w.-]+["']\]|\(["'][\w.-]*["']\)|\(\))*(?:\.\w+\(\))*`;
const expression = String.raw`"[^"\n]*"|'[^'\n]*'|${name}`;
const pluginById = new RegExp(
  String.raw`\bid\s*\(?\s*["']org\.springframework\.boot["']\s*\)?(?:\s*\.?\s*version\s*\(?\s*(${expression}))?`,
);
const coordinate = /["']([\w.-]+):([\w.-]+)(?::((?:\$\{[^}]*\}|[^"'@])+?))?(?:@\w+)?["']/g;
const mapCoordinate =
  /group\s*[:=]\s*["']([\w.-]+)["']\s*,\s*name\s*[:=]\s*["']([\w.-]+)["'](?:\s*,\s*version\s*[:=]\s*("[^"]*"|'[^']*'|[\w.]+))?/g;

const assignments: readonly RegExp[] = [
  /([A-Za-z_][\w.]*)\s*(?::\s*String)?\s*=\s*["']([^"'\n]+)["']/g,
  /["']([\w.-]+)["']\s*\]?\s*(?:=|,|to)\s*["']([^"'\n]+)["']/g,
  /\b([A-Za-z_]\w*)\s+by\s+extra\s*\(\s*["']([^"'\n]+)["']/g,
  /\b([A-Za-z_]\w*)\s*:\s*["']([^"'\n]+)["']/g,
];

const javaVersions: readonly RegExp[] = [
  new RegExp(String.raw`JavaLanguageVersion\.of\s*\(\s*(\d+|${expression})(?:\.toInt\(\))?\s*\)`),
  new RegExp(String.raw`jvmToolchain\s*\(?\s*(\d+|${name})`),
  /JavaVersion\.(VERSION_[\d_]+)/,
  /JavaVersion\.toVersion\s*\(\s*["']?([\d.]+)/,
  new RegExp(
    String.raw`(?:sourceCompatibility|targetCompatibility|options\.release|jvmTarget)\s*(?:=|\.set\s*\()\s*([\d.]+|${expression})`,
  ),
];

export function readGradleScript({ label, text: written }: BuildFile): GradleScript {
  const text = withoutComments(written);
  const byId = pluginById.exec(text);
  const java = javaVersions.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined);
  return {
    label,
    ...(byId && { plugin: byId[1] === undefined ? {} : { version: byId[1] } }),
    pluginAliases: aliases(text, /\blibs\.plugins\.([\w.]+)/g),
    libraryAliases: aliases(text, /\blibs\.(?!plugins\.|versions\.)([\w.]+)/g),
    dependencies: dependenciesIn(text),
    variables: variablesIn(text),
    ...(java !== undefined && { java }),
    kotlin:
      /\bkotlin\s*\(\s*["'](jvm|multiplatform)["']|org\.jetbrains\.kotlin(\.jvm|:kotlin-gradle-plugin|["'])/.test(
        text,
      ),
  };
}

/** Ends of accessor chains that are methods of Gradle's providers, no part of the alias. */
const providerCall = /\.(get|asProvider|map|orNull|toString)$/;

function aliases(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, alias = ""]) =>
    alias.replace(providerCall, "").replace(/\.$/, ""),
  );
}

function dependenciesIn(text: string): GradleScript["dependencies"] {
  const isProcessor = (index: number) =>
    /\bannotationProcessor\b[^\n]*$/.test(text.slice(text.lastIndexOf("\n", index) + 1, index));
  const short = [...text.matchAll(coordinate)].map(
    ({ index, 1: group = "", 2: artifact = "", 3: version }) => ({
      group,
      artifact,
      ...(version !== undefined && { version: `"${version}"` }),
      ...(isProcessor(index) && { isProcessor: true as const }),
    }),
  );
  const long = [...text.matchAll(mapCoordinate)].map(
    ({ index, 1: group = "", 2: artifact = "", 3: version }) => ({
      group,
      artifact,
      ...(version !== undefined && { version }),
      ...(isProcessor(index) && { isProcessor: true as const }),
    }),
  );
  return [...short, ...long];
}

function variablesIn(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const pattern of assignments) {
    for (const [, left = "", right = ""] of text.matchAll(pattern)) {
      const key = left.replace(/^(project\.|rootProject\.)?(ext\.|extra\.)?/, "");
      if (!variables.has(key)) variables.set(key, right);
    }
  }
  return variables;
}

/** Keeps texts in quotes: an address has slashes too. */
function withoutComments(text: string): string {
  return text.replaceAll(/("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*/g, "$1");
}
