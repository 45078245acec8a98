import type { Finding } from "./finding";

/**
 * Several checks may see one mistake at one place: a fact that knows it by its pattern and the compiler that misses the type. The fact tells
 * why and stays; of the compiler's finding only the fix is kept, when the fact has none.
 */
export function withoutEchoes(findings: readonly Finding[]): readonly Finding[] {
  const echoes = new Map<Finding, Finding>();
  for (const fact of findings.filter(({ rule }) => rule.startsWith("fact-"))) {
    for (const other of findings) {
      if (compilerRules.has(other.rule) && other.path === fact.path && overlap(fact, other))
        echoes.set(other, fact);
    }
  }
  return findings.flatMap((finding) => {
    if (echoes.has(finding)) return [];
    const echo = finding.rule.startsWith("fact-") && [...echoes].find(([, fact]) => fact === finding)?.[0];
    return [echo && !finding.fix && echo.fix ? { ...finding, fix: echo.fix } : finding];
  });
}

const compilerRules = new Set([
  "unknown-type",
  "unknown-package",
  "unknown-method",
  "unknown-member",
  "missing-import",
  "needs-dependency",
  "deprecated",
  "deprecated-for-removal",
]);

function overlap(left: Finding, right: Finding): boolean {
  const at = ({ line, column }: Finding) => line * 10_000 + column;
  const end = ({ line, column, endLine = line, endColumn = column + 1 }: Finding) =>
    endLine * 10_000 + endColumn;
  return at(left) < end(right) && at(right) < end(left);
}
