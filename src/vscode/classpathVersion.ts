/**
 * The class path that Spring Tools or the Java extension computed for a file's module, and the Spring Boot version on it: it is what really runs,
 * whatever parents, profiles and platforms led to it. Neither is needed; without them, or when they take too long, the build files tell.
 */
import type { GivenClasspath } from "../core/checks/checkReport";

/** The commands of other extensions; the editor's own registry is one. */
export interface ForeignCommands {
  /** Names of the commands that there are right now. */
  names(): PromiseLike<readonly string[]>;
  run(name: string, ...values: readonly unknown[]): PromiseLike<unknown>;
}

export interface FoundVersion {
  readonly springBootVersion: string;
  /** Whose class path it is: the name of a product. */
  readonly from: "Spring Tools" | "Language Support for Java";
  readonly classpath: GivenClasspath;
}

export interface ClasspathVersion {
  /** @param uri Of a file or folder, as the editor writes it. Never rejects but for an abort; undefined where nobody knows it in time. */
  of(uri: string, signal: AbortSignal): Promise<FoundVersion | undefined>;
}

export interface ClasspathVersionProps {
  readonly commands: ForeignCommands;
  /** Milliseconds that an answer may take; one that comes later is there for the next question. */
  readonly patience?: number;
  readonly now?: () => number;
}

const springTools = "sts/spring-boot/executableBootProjects";
const javaExtension = "java.execute.workspaceCommand";

/** Milliseconds for which an answer holds: the version is asked for whenever another file is looked at. */
const goodFor = 10_000;

interface Asked {
  readonly answer: Promise<FoundVersion | undefined>;
  /** True once somebody has waited in vain: an extension that is still starting holds up nobody a second time. */
  isSlow?: boolean;
  /** When it was answered. */
  at?: number;
}

export function createClasspathVersion({
  commands,
  patience = 1_500,
  now = Date.now,
}: ClasspathVersionProps): ClasspathVersion {
  const asked = new Map<string, Asked>();

  const find = async (uri: string): Promise<FoundVersion | undefined> => {
    const names = await commands.names();
    const boot = names.includes(springTools) ? await quietly(() => commands.run(springTools)) : undefined;
    const main = classpathOfProject(boot, uri);
    if (!names.includes(javaExtension)) return found("Spring Tools", main);
    // Spring Tools tell nothing of tests.
    const [runtime, test] = await Promise.all([pathsOf("runtime", uri), pathsOf("test", uri)]);
    return found("Spring Tools", main, test) ?? found("Language Support for Java", runtime, test);
  };
  const pathsOf = async (scope: string, uri: string): Promise<readonly string[]> => {
    const options = JSON.stringify({ scope });
    const paths = await quietly(() =>
      commands.run(javaExtension, "java.project.getClasspaths", uri, options),
    );
    return [...stringsIn(paths, "classpaths"), ...stringsIn(paths, "modulepaths")];
  };

  /** One question at a time for a folder: an extension that is still starting is not asked over and over. */
  const ask = (uri: string): Asked => {
    const folder = uri.slice(0, uri.lastIndexOf("/"));
    const known = asked.get(folder);
    if (known && (known.at === undefined || now() - known.at < goodFor)) return known;
    const entry: Asked = { answer: quietly(() => find(uri)) };
    void entry.answer.then(() => (entry.at = now()));
    asked.set(folder, entry);
    return entry;
  };

  return {
    async of(uri, signal) {
      signal.throwIfAborted();
      const entry = ask(uri);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(
          () => {
            entry.isSlow = true;
            resolve(undefined);
          },
          entry.isSlow === true && entry.at === undefined ? 0 : patience,
        );
      });
      const found = await Promise.race([entry.answer, late]);
      clearTimeout(timer);
      signal.throwIfAborted();
      return found;
    },
  };
}

function found(
  from: FoundVersion["from"],
  main: readonly string[],
  test: readonly string[] = [],
): FoundVersion | undefined {
  const springBootVersion = versionOn(main);
  if (springBootVersion === undefined) return undefined;
  return { springBootVersion, from, classpath: { source: from, main, ...(test.length > 0 && { test }) } };
}

/** An extension that fails is as good as one that is not there. */
async function quietly<T>(action: () => PromiseLike<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch {
    return undefined;
  }
}

/** Of Spring Tools' projects the innermost that holds the file. */
function classpathOfProject(projects: unknown, uri: string): readonly string[] {
  if (!Array.isArray(projects)) return [];
  const path = pathOf(uri);
  const holding = projects.flatMap((project: unknown) => {
    const root = isRecord(project) && typeof project["uri"] === "string" ? pathOf(project["uri"]) : undefined;
    return root !== undefined && path !== undefined && (path === root || path.startsWith(`${root}/`))
      ? [{ root, classpath: stringsIn(project, "classpath") }]
      : [];
  });
  return holding.sort((left, right) => right.root.length - left.root.length)[0]?.classpath ?? [];
}

/** Decoded, without a slash at its end: extensions differ in how they write the same address. */
function pathOf(uri: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(uri).pathname).replace(/\/+$/, "");
    return path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
  } catch {
    return undefined;
  }
}

function stringsIn(value: unknown, key: string): readonly string[] {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list.filter((each) => typeof each === "string") : [];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** `spring-boot-3.2.12.jar`; the starters and modules beside it may be of another version, and it is what runs. */
function versionOn(classpath: readonly string[]): string | undefined {
  for (const entry of classpath) {
    const [, version] = /(?:^|[\\/])spring-boot-(\d+\.\d+\.\d+(?:[.-][\w.-]+)?)\.jar$/.exec(entry) ?? [];
    if (version !== undefined) return version.replace(/\.RELEASE$/, "");
  }
  return undefined;
}
