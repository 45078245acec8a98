/** Looks for facts' patterns in files, in the versions that the facts are about. */
import { RE2JS } from "re2js";
import { masked, withoutComments } from "../../generate/jvmSource";
import { compareVersions } from "../../project/springBootVersion";
import type { Check, CheckedFile } from "../check";
import { findingAt, type Finding } from "../finding";
import type { Fact } from "./fact";

interface CompiledFact {
  readonly fact: Fact;
  readonly pattern: RE2JS;
  readonly path?: RE2JS;
  readonly onlyWith?: RE2JS;
  readonly onlyWithout?: RE2JS;
}

/** Throws a `SyntaxError` that names the fact for a pattern that RE2 does not know. */
export function createFactCheck(facts: readonly Fact[]): Check {
  const compiled = facts.map(compile);
  return ({ files, springBootVersion }) => {
    const inForce = compiled.filter(({ fact }) => holdsFor(fact, springBootVersion));
    return files.flatMap((file) => inForce.flatMap((fact) => findingsOf(file, fact)));
  };
}

function compile(fact: Fact): CompiledFact {
  const expression = (source: string) => {
    try {
      return RE2JS.compile(source, RE2JS.MULTILINE);
    } catch (error) {
      throw new SyntaxError(`${fact.id}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  };
  return {
    fact,
    pattern: expression(fact.pattern),
    ...(fact.path !== undefined && { path: expression(fact.path) }),
    ...(fact.onlyWith !== undefined && { onlyWith: expression(fact.onlyWith) }),
    ...(fact.onlyWithout !== undefined && { onlyWithout: expression(fact.onlyWithout) }),
  };
}

/** Of a project whose version is not known only what holds in every version is said. */
function holdsFor({ since, until }: Fact, version: string | undefined): boolean {
  if (version === undefined) return since === undefined && until === undefined;
  return (
    (since === undefined || compareVersions(version, since) >= 0) &&
    (until === undefined || compareVersions(version, until) < 0)
  );
}

function findingsOf(
  file: CheckedFile,
  { fact, pattern, path, onlyWith, onlyWithout }: CompiledFact,
): readonly Finding[] {
  if (!fact.languages.includes(file.language)) return [];
  if (path && !path.matcher(file.path.replaceAll("\\", "/")).find()) return [];
  const text = visible(file, fact.scope);
  if (onlyWith && !onlyWith.matcher(text).find()) return [];
  if (onlyWithout?.matcher(text).find()) return [];
  const findings: Finding[] = [];
  const matcher = pattern.matcher(text);
  while (matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    const filled = (template: string) =>
      template.replace(/\$(\d)/g, (_, group: string) => matcher.group(Number(group)) ?? "");
    findings.push(
      findingAt(
        file,
        { start, end },
        {
          rule: `fact-${fact.id}`,
          level: fact.level,
          message: filled(fact.message),
          evidence: fact.evidence,
          ...(fact.anchor !== undefined && { anchor: fact.anchor }),
          ...(fact.replacement !== undefined && {
            fix: {
              title: `Replace by \`${filled(fact.replacement)}\``,
              edits: [{ start, end, text: filled(fact.replacement) }],
            },
          }),
        },
      ),
    );
    if (end === start) break;
  }
  return findings;
}

function visible({ text, language }: CheckedFile, scope: Fact["scope"]): string {
  if (language !== "java" && language !== "kotlin") return text;
  return scope === "text" ? text : scope === "code" ? withoutComments(text) : masked(text);
}
