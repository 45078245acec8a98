/** Files of artifacts on this machine: in Maven's local repository and in Gradle's cache. Nothing is fetched. */
import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { javaUserHome } from "./userHome";

export interface ArtifactName {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  /** `sources`, `javadoc`; absent: the artifact itself. */
  readonly classifier?: string;
  /** `jar` when absent. */
  readonly extension?: string;
}

export interface ArtifactFiles {
  /** The absolute path of an artifact's file; undefined when it is not on this machine. */
  find(name: ArtifactName, signal: AbortSignal): Promise<string | undefined>;
}

/** @param repository Folder of the local repository; see `localRepository.ts`. */
export function createMavenFiles(repository: string): ArtifactFiles {
  return {
    async find(name, signal) {
      signal.throwIfAborted();
      if (!isPlain(name)) return undefined;
      const { group, artifact, version } = name;
      const path = join(repository, ...group.split("."), artifact, version, fileName(name));
      return (await exists(path)) ? path : undefined;
    },
  };
}

/** Gradle keeps each file in a folder named by its hash, so the version's folder is searched. */
export function createGradleFiles(gradleHome: string): ArtifactFiles {
  const root = join(gradleHome, "caches", "modules-2", "files-2.1");
  return {
    async find(name, signal) {
      signal.throwIfAborted();
      if (!isPlain(name)) return undefined;
      const folder = join(root, name.group, name.artifact, name.version);
      for (const hash of (await readdir(folder).catch(() => [])).sort()) {
        const path = join(folder, hash, fileName(name));
        if (await exists(path)) return path;
      }
      return undefined;
    },
  };
}

/** The first that has the file. */
export function firstArtifactFiles(places: readonly ArtifactFiles[]): ArtifactFiles {
  return {
    async find(name, signal) {
      for (const place of places) {
        const path = await place.find(name, signal);
        if (path !== undefined) return path;
      }
      return undefined;
    },
  };
}

/** `GRADLE_USER_HOME`, else `-Dgradle.user.home` of `GRADLE_OPTS`, else `~/.gradle`. */
export function gradleUserHome(environment: NodeJS.ProcessEnv, home = javaUserHome()): string {
  const named = /(?:^|\s)-Dgradle\.user\.home=("[^"]+"|\S+)/.exec(environment["GRADLE_OPTS"] ?? "")?.[1];
  return environment["GRADLE_USER_HOME"] ?? named?.replaceAll('"', "") ?? join(home, ".gradle");
}

function fileName({ artifact, version, classifier, extension = "jar" }: ArtifactName): string {
  return `${artifact}-${version}${classifier === undefined ? "" : `-${classifier}`}.${extension}`;
}

/** A name from a build file becomes part of a path: it must be no path itself. */
function isPlain({ group, artifact, version, classifier = "", extension = "" }: ArtifactName): boolean {
  return [group, artifact, version, classifier, extension].every(
    (part) => /^[\w.+-]*$/.test(part) && !part.includes(".."),
  );
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
