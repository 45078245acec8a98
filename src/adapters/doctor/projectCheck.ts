import type { DocumentSet } from "../../core/document/documentSet";
import type { DoctorCheck } from "../../core/engine";
import { FailureError } from "../../core/failure";
import type { ProjectFacts } from "../../core/project/projectFacts";
import { matchVersion } from "../../core/project/springBootVersion";

/** Is the project's version known, and are there documents of it? */
export function checkProject(facts: ProjectFacts, sets: readonly DocumentSet[]): Omit<DoctorCheck, "name"> {
  const { directory, springBootVersion: version, versionSource, javaVersion } = facts;
  if (version === undefined) throw new FailureError({ kind: "version-unknown", directory });
  const java = javaVersion ? `, Java ${javaVersion}` : "";
  const detail = `Spring Boot ${version}${versionSource ? ` (${versionSource})` : ""}${java} in ${directory}`;
  const fitting = sets.filter(
    ({ springBootVersion }) => springBootVersion && matchVersion(springBootVersion, version) !== "none",
  );
  if (fitting.length === 0) {
    return {
      state: "warn",
      detail: `${detail}; no documents of that version are indexed.`,
      remedy: `Index the reference of Spring Boot ${version}.`,
    };
  }
  return { state: "pass", detail: `${detail}; answered from ${fitting.map(({ name }) => name).join(", ")}.` };
}
