/** The JDKs on this machine, told from their folders; none is started to ask it. */
import { access, readdir, readFile, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";

export interface Jdk {
  /** Absolute, without links. */
  readonly home: string;
  /** Feature release, 17. */
  readonly feature: number;
  /** As its `release` file says, "17.0.15". */
  readonly version: string;
  readonly java: string;
}

export interface JdkSearchProps {
  readonly environment: NodeJS.ProcessEnv;
  readonly home?: string;
  readonly platform?: NodeJS.Platform;
}

/** Older ones cannot run our program; they can be compiled for. */
export const oldestJdk = 17;

/**
 * JDKs with a compiler, each once: that of `JAVA_HOME`, that of the `PATH`, then those in the folders where systems and tools put them,
 * newest first. The first is the one that a build started here would use.
 */
export async function findJdks(
  { environment, home = homedir(), platform = process.platform }: JdkSearchProps,
  signal: AbortSignal,
): Promise<readonly Jdk[]> {
  const program = platform === "win32" ? "java.exe" : "java";
  const first = [
    environment["JAVA_HOME"] ?? "",
    ...(await Promise.all(
      (environment["PATH"] ?? environment["Path"] ?? "")
        .split(delimiter)
        .filter((folder) => folder !== "")
        .map((folder) => homeOfProgram(join(folder, program))),
    )),
  ];
  const others = await Promise.all(usualFolders(home, platform, environment).map(homesIn));
  signal.throwIfAborted();
  const read = (homes: readonly string[]) =>
    Promise.all(homes.filter((each) => each !== "").map((each) => readJdk(each, program)));
  const chosen = (await read(first)).filter((jdk) => jdk !== undefined);
  const found = (await read(others.flat()))
    .filter((jdk) => jdk !== undefined)
    .sort((left, right) => right.feature - left.feature);
  const byHome = new Map([...chosen, ...found].map((jdk) => [jdk.home, jdk] as const).reverse());
  return [...chosen, ...found].filter((jdk) => {
    const isFirst = byHome.get(jdk.home) === jdk;
    return isFirst && byHome.delete(jdk.home);
  });
}

async function readJdk(folder: string, program: string): Promise<Jdk | undefined> {
  try {
    const home = await realpath(folder);
    const java = join(home, "bin", program);
    await access(join(home, "bin", program.replace("java", "javac")));
    const version = /^JAVA_VERSION="?([^"\n]+)"?/m.exec(await readFile(join(home, "release"), "utf8"))?.[1];
    const feature = Number(/^(?:1\.)?(\d+)/.exec(version ?? "")?.[1]);
    return version === undefined || Number.isNaN(feature) ? undefined : { home, feature, version, java };
  } catch {
    return undefined; // no JDK, or one that cannot be read
  }
}

async function homeOfProgram(path: string): Promise<string> {
  const real = await realpath(path).catch(() => "");
  return real === "" ? "" : dirname(dirname(real));
}

async function homesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => [join(folder, name), join(folder, name, "Contents", "Home")]);
}

function usualFolders(
  home: string,
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
): readonly string[] {
  const everywhere = [
    join(home, ".sdkman", "candidates", "java"),
    join(home, ".jdks"),
    join(home, ".gradle", "jdks"),
    join(home, ".asdf", "installs", "java"),
    join(home, ".local", "share", "mise", "installs", "java"),
  ];
  switch (platform) {
    case "darwin":
      return [
        "/Library/Java/JavaVirtualMachines",
        join(home, "Library", "Java", "JavaVirtualMachines"),
        ...everywhere,
      ];
    case "win32": {
      const programs = environment["ProgramFiles"] ?? "C:\\Program Files";
      const vendors = ["Java", "Eclipse Adoptium", "Microsoft", "Amazon Corretto", "Zulu", "BellSoft"];
      return [...vendors.map((vendor) => join(programs, vendor)), ...everywhere];
    }
    default:
      return ["/usr/lib/jvm", "/usr/java", "/opt/java", "/opt", ...everywhere];
  }
}
