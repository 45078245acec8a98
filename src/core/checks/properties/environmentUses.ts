import type { PropertyUse, UsesOf } from "./propertyUse";

/**
 * Environment variables that Spring Boot would bind (`SPRING_…`, `SERVER_…`, `MANAGEMENT_…`, `LOGGING_…`) in `.env` files, Compose files,
 * Dockerfiles and shell scripts.
 */
export const environmentUses: UsesOf = ({ text }) => {
  const assignments = text.matchAll(
    /(^|[\s"'])((?:SPRING|SERVER|MANAGEMENT|LOGGING)_[A-Z0-9_]+)(["']?\s*[=:]\s*|[ \t]+(?=\S))(["']?)([^\s"'#]*)/gm,
  );
  return [...assignments].map((match): PropertyUse => {
    const [, before = "", name = "", between = "", quote = "", value = ""] = match;
    const start = match.index + before.length;
    const valueStart = start + name.length + between.length + quote.length;
    return {
      name,
      start,
      end: start + name.length,
      value: { text: value, start: valueStart, end: valueStart + value.length },
      style: "environment",
      isWhole: true,
    };
  });
};

/** True for a file whose environment variables reach an application. */
export function isEnvironmentFile(path: string): boolean {
  return /(?:^|[\\/])(?:\.env(?:\.[\w.-]+)?|[\w.-]+\.env|(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml|Dockerfile(?:\.[\w.-]+)?|Containerfile)$/i.test(
    path,
  );
}
