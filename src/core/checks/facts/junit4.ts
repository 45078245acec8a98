/** A JUnit 4 test where nothing runs JUnit 4: it compiles when JUnit 4 comes along with something else, and is never run. */
import { masked } from "../../generate/jvmSource";
import type { Check } from "../check";
import { findingAt } from "../finding";

/** What JUnit 4 calls a thing, and what Jupiter calls it. */
const jupiter: Readonly<Record<string, string>> = {
  Test: "org.junit.jupiter.api.Test",
  Before: "org.junit.jupiter.api.BeforeEach",
  After: "org.junit.jupiter.api.AfterEach",
  BeforeClass: "org.junit.jupiter.api.BeforeAll",
  AfterClass: "org.junit.jupiter.api.AfterAll",
  Ignore: "org.junit.jupiter.api.Disabled",
};

export const junit4Check: Check = ({ files, classpath }) => {
  // An incomplete classpath may lack the engine by mistake.
  if (!classpath?.complete) return [];
  if (
    classpath.jars.some(
      ({ path, artifact }) => artifact === "junit-vintage-engine" || path.includes("junit-vintage-engine"),
    )
  )
    return [];
  if (!classpath.hasType("org.junit.jupiter.api.Test") || !classpath.hasType("org.junit.Test")) return [];
  return files
    .filter(({ language }) => language === "java" || language === "kotlin")
    .flatMap((file) =>
      [
        ...masked(file.text).matchAll(
          /\bimport\s+(org\.junit\.(Test|Before|After|BeforeClass|AfterClass|Ignore))\b/g,
        ),
      ].map((match) => {
        const [whole, name = "", simple = ""] = match;
        const start = match.index + whole.length - name.length;
        const right = jupiter[simple] ?? "";
        return findingAt(
          file,
          { start, end: start + name.length },
          {
            rule: "fact-junit4-never-runs",
            level: "error",
            message: `Nothing runs JUnit 4 here: without \`junit-vintage-engine\` what is annotated with \`@${simple}\` is never called. Use \`${right}\`.`,
            anchor: "features.testing.test-scope-dependencies",
            evidence: "spring-boot-starter-test has no vintage engine since 2.4.",
            // The annotation itself keeps its name for @Test only.
            ...(simple === "Test" && {
              fix: { title: `Use \`${right}\``, edits: [{ start, end: start + name.length, text: right }] },
            }),
          },
        );
      }),
    );
};
