import { compareVersions } from "../project/springBootVersion";

/** What a project of Spring Boot 2 is checked for: the version that the field guide and the facts are about. */
export const migrationTarget = "3.2.12";

/** The project's own version, unless it is from before 3: then the one that it would move to. */
export function targetVersion(own: string | undefined): {
  readonly version: string;
  readonly isMigration: boolean;
} {
  const isOld = own !== undefined && compareVersions(own, "3.0") < 0;
  return { version: own === undefined || isOld ? migrationTarget : own, isMigration: isOld };
}
