import type { CheckedFile } from "../check";

/** A place where a configuration property is named. */
export interface PropertyUse {
  /** As written. */
  readonly name: string;
  /** Offsets of the name in the file's text. */
  readonly start: number;
  readonly end: number;
  /** What it is set to, where it is set; a list as its elements. */
  readonly value?: { readonly text: string; readonly start: number; readonly end: number };
  readonly style: "file" | "code" | "environment";
  /** True where the name is one key by itself and can be replaced where it stands; false for a key inside a YAML tree. */
  readonly isWhole: boolean;
  /** True for the prefix of a `@ConfigurationProperties` class: names of the project's own. */
  readonly isPrefix?: boolean;
  /** True for the name in a condition: a switch that the code may have for itself. */
  readonly isCondition?: boolean;
  /** The profile whose file or document this is; absent where it is always in force. */
  readonly profile?: string;
}

export type UsesOf = (file: CheckedFile) => readonly PropertyUse[];

/** The profile in `application-dev.yml`; undefined for `application.yml`. */
export function profileOfFile(path: string): string | undefined {
  return /(?:^|[\\/])(?:application|bootstrap)-([^\\/]+)\.(?:properties|ya?ml)$/.exec(path)?.[1];
}

/** True for a file that Spring Boot reads properties from: `application*.properties`, `application*.yml`. */
export function isConfigurationFile(path: string): boolean {
  return /(?:^|[\\/])(?:application|bootstrap)(?:-[^\\/]+)?\.(?:properties|ya?ml)$/i.test(path);
}
