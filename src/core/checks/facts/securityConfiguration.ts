/** Since Spring Security 6 its `@Enable…` annotations are no `@Configuration` any more: a class with them alone is not found by scanning. */
import { masked } from "../../generate/jvmSource";
import { compareVersions } from "../../project/springBootVersion";
import type { Check, CheckedFile } from "../check";
import { findingAt, type Finding } from "../finding";

const enabling = /@(Enable(?:Web|WebFlux|RSocket|Method|ReactiveMethod|GlobalMethod)Security)\b/;
/** Annotations that make a class a bean. */
const found =
  /@(?:Configuration|Component|SpringBootApplication|SpringBootConfiguration|TestConfiguration|AutoConfiguration|ManagementContextConfiguration)\b/;

export const securityConfigurationCheck: Check = ({ files, springBootVersion }) => {
  if (springBootVersion === undefined || compareVersions(springBootVersion, "3.0") < 0) return [];
  const checked = files.filter(({ language }) => language === "java" || language === "kotlin");
  const everything = checked.map(({ text }) => text).join("\n");
  return checked.flatMap((file) => findingsOf(file, everything));
};

function findingsOf(file: CheckedFile, everything: string): readonly Finding[] {
  const code = masked(file.text);
  const types = code.matchAll(
    /((?:@[\w.]+(?:\s*\([^()]*(?:\([^()]*\)[^()]*)*\))?\s+)+)(?:(?:public|protected|private|internal|abstract|final|open|static)\s+)*class\s+(\w+)/g,
  );
  return [...types].flatMap((match) => {
    const [, annotations = "", name = ""] = match;
    const enabled = enabling.exec(annotations);
    if (!enabled || found.test(annotations)) return [];
    // Named elsewhere as a class: imported, or registered by hand.
    if (new RegExp(`@Import\\b[^)]*\\b${name}\\b|\\b${name}(?:\\.class|::class)`).test(everything)) return [];
    const start = match.index + enabled.index;
    return [
      findingAt(
        file,
        { start, end: start + enabled[0].length },
        {
          rule: "fact-security-without-configuration",
          level: "warning",
          message: `\`${name}\` is not picked up: since Spring Security 6 \`@${enabled[1] ?? ""}\` does not imply \`@Configuration\`.`,
          anchor: "web.security",
          evidence:
            "The annotation of spring-security-config 6.2 is not annotated with @Configuration, that of 5.7 is.",
          alternatives: [
            {
              title: "Add `@org.springframework.context.annotation.Configuration`",
              edits: [{ start, end: start, text: "@org.springframework.context.annotation.Configuration\n" }],
            },
          ],
        },
      ),
    ];
  });
}
