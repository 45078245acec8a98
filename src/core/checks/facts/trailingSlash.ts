/**
 * A test or client of the checked files that calls a mapping of the same files with one slash more. Until Spring Boot 2.7 the two were
 * the same; since 3.0 the call answers 404 (measured on 2.7.18 and 3.2.12).
 */
import { withoutComments } from "../../generate/jvmSource";
import { compareVersions } from "../../project/springBootVersion";
import type { Check, CheckedFile } from "../check";
import { findingAt } from "../finding";

export const trailingSlashCheck: Check = ({ files, springBootVersion }) => {
  if (springBootVersion === undefined || compareVersions(springBootVersion, "3.0") < 0) return [];
  const code = files
    .filter(({ language }) => language === "java" || language === "kotlin")
    .map((file) => ({ file, text: withoutComments(file.text) }));
  const mapped = new Set(code.flatMap(({ text }) => mappingsOf(text)));
  return code.flatMap(({ file, text }) =>
    callsOf(text)
      .filter(({ path }) => isCallOf(path, mapped))
      .map(({ path, start }) => slashFinding(file, path, start)),
  );
};

const literal = `"((?:\\\\.|[^"\\\\\\n])*)"`;

/** Paths of controllers, the type's before the method's, without variables' names: `/orders/{}`. */
function mappingsOf(text: string): readonly string[] {
  const prefix =
    new RegExp(
      `@RequestMapping\\s*\\(\\s*(?:(?:value|path)\\s*=\\s*)?${literal}[^)]*\\)(?:\\s*@[\\w.]+(?:\\([^)]*\\))?)*\\s*(?:public\\s+)?(?:final\\s+|open\\s+)?class\\b`,
    ).exec(text)?.[1] ?? "";
  const methods = text.matchAll(
    new RegExp(
      `@(?:Get|Post|Put|Delete|Patch|Request)Mapping(?:\\s*\\(\\s*(?:(?:value|path)\\s*=\\s*)?(?:\\{\\s*)?(?:${literal})?)?`,
      "g",
    ),
  );
  return [...methods].map((match) => plain(prefix + (match[1] ?? "")));
}

const plain = (path: string) => path.replace(/\{[^}]*\}/g, "{}");

/** What MockMvc, WebTestClient, TestRestTemplate and RestClient are asked for with a slash at its end. */
function callsOf(text: string): readonly { readonly path: string; readonly start: number }[] {
  const calls = text.matchAll(
    new RegExp(
      `\\b(?:get|post|put|delete|patch|uri|getForEntity|getForObject|postForEntity|postForObject|exchange)\\s*\\(\\s*"(/(?:\\\\.|[^"\\\\\\n])*/)"`,
      "g",
    ),
  );
  return [...calls].map((match) => ({
    path: match[1] ?? "",
    start: match.index + match[0].length - 1 - (match[1] ?? "").length,
  }));
}

/** True when the mappings hold the path without its last slash, and none with it. */
function isCallOf(path: string, mapped: ReadonlySet<string>): boolean {
  const matches = (wanted: string) =>
    [...mapped].some((pattern) => segmentsMatch(pattern.split("/"), plain(wanted).split("/")));
  return !matches(path) && matches(path.slice(0, -1));
}

function segmentsMatch(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((segment, index) => segment === path[index] || (segment === "{}" && path[index] !== ""))
  );
}

function slashFinding(file: CheckedFile, path: string, start: number) {
  const slash = start + path.length - 1;
  return findingAt(
    file,
    { start, end: slash + 1 },
    {
      rule: "fact-trailing-slash",
      level: "error",
      message: `\`${path}\` answers 404: since Spring Boot 3.0 a slash at the end makes another path, and the controller maps \`${path.slice(0, -1)}\`.`,
      anchor: "web.servlet.spring-mvc",
      evidence: "A controller of 3.2.12 answers 404 with the slash, one of 2.7.18 answers 200.",
      fix: { title: "Remove the slash", edits: [{ start: slash, end: slash + 1, text: "" }] },
    },
  );
}
