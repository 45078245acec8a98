// Writes down what Spring Boot's BOM manages, imported BOMs included, as Maven sees it: src/core/checks/build/managed.json. Run it by hand
// for a new line: `node scripts/managedArtifacts.mjs 3.2.12`.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { XMLParser } from "fast-xml-parser";
import { repositoryRoot } from "./shared/repositoryRoot.mjs";
import { mustRun, runMain } from "./shared/runCommand.mjs";
import { say } from "./shared/say.mjs";

const TARGET = path.join(repositoryRoot, "src", "core", "checks", "build", "managed.json");
const GOAL = "org.apache.maven.plugins:maven-help-plugin:3.4.1:effective-pom";

/** @param {string} version */
const pom = (version) => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>${version}</version>
    <relativePath/>
  </parent>
  <groupId>docwright</groupId>
  <artifactId>managed</artifactId>
  <version>1</version>
</project>
`;

await runMain(async () => {
  const [version] = process.argv.slice(2);
  if (version === undefined) throw new Error("name a version of Spring Boot, for example 3.2.12");
  const folder = mkdtempSync(path.join(tmpdir(), "docwright-managed-"));
  try {
    writeFileSync(path.join(folder, "pom.xml"), pom(version));
    const output = path.join(folder, "effective.xml");
    await mustRun("mvn help:effective-pom", "mvn", ["-q", "-B", GOAL, `-Doutput=${output}`], { cwd: folder });
    const artifacts = managedIn(readFileSync(output, "utf8"));
    const lines = JSON.parse(readFileSync(TARGET, "utf8"));
    const line = version.split(".").slice(0, 2).join(".");
    writeFileSync(TARGET, `${JSON.stringify({ ...lines, [line]: { version, artifacts } })}\n`);
    say(`${Object.values(artifacts).flat().length} artifacts of ${version}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
});

/**
 * @param {string} xml
 * @returns {Record<string, string[]>} Artifacts by group, both in order.
 */
function managedIn(xml) {
  const parser = new XMLParser({ isArray: (name) => name === "dependency" });
  /** @type {{ groupId: string, artifactId: string }[]} */
  const dependencies = parser.parse(xml).project.dependencyManagement.dependencies.dependency;
  /** @type {Record<string, string[]>} */
  const byGroup = {};
  for (const { groupId, artifactId } of dependencies) (byGroup[groupId] ??= []).push(artifactId);
  return Object.fromEntries(
    Object.keys(byGroup)
      .sort()
      .map((group) => [group, [...new Set(byGroup[group])].sort()]),
  );
}
