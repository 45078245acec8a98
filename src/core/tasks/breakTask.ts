/**
 * Breaks a right answer the way models do, by rule and chance, so that a calibration sees wrong answers also where a model makes none. The
 * same task and seed give the same text.
 */
import { createRandom } from "../calibration/learn/random";
import type { Task } from "./task";

export interface BrokenAnswer {
  /** Which rule broke it. */
  readonly how: string;
  readonly text: string;
}

type Breaking = (task: Task, pick: Pick) => string | undefined;
type Pick = <T>(from: readonly T[]) => T | undefined;

/** Names of Spring Boot 2 that models go on writing, by what has taken their place. */
const earlierNames: readonly (readonly [now: string, then: string])[] = [
  ["requestMatchers", "antMatchers"],
  ["authorizeHttpRequests", "authorizeRequests"],
  ["EnableMethodSecurity", "EnableGlobalMethodSecurity"],
  ["securityMatcher", "antMatcher"],
  ["RestClientAdapter.create", "RestClientAdapter.forClient"],
  ["new JobBuilder", "new JobBuilderFactory"],
  ["spring.data.redis", "spring.redis"],
  ["spring.servlet.multipart", "spring.http.multipart"],
  ["management.server.port", "management.port"],
  ["logging.file.name", "logging.file"],
  ["logging.logback.rollingpolicy.max-history", "logging.file.max-history"],
];

const javaBreakings: Readonly<Record<string, Breaking>> = {
  "earlier namespace": ({ reference }) =>
    /^import jakarta\./m.test(reference)
      ? reference.replaceAll(/^import jakarta\./gm, "import javax.")
      : undefined,
  "earlier name": earlier,
  "misspelt annotation": ({ reference }, pick) => {
    const used = importedNames(reference).filter((name) => reference.includes(`@${name}`));
    const name = pick(used);
    return name && reference.replaceAll(new RegExp(`@${name}\\b`, "g"), `@${misspelt(name)}`);
  },
  "missing import": ({ reference }, pick) => {
    const name = pick(importedNames(reference));
    return name && reference.replace(new RegExp(`^import [\\w.]+\\.${name};\\n`, "m"), "");
  },
  "unknown method": ({ reference }, pick) => {
    const body = reference.slice(reference.lastIndexOf("\nimport "));
    const name = pick([...body.matchAll(/\w\)?\s*\.([a-z]\w*)\(/g)].map((match) => match[1] ?? ""));
    return name && reference.replaceAll(new RegExp(`\\.${name}\\(`, "g"), `.${name}Values(`);
  },
  "wrong type": ({ reference }, pick) => {
    const typed = [
      ...reference.matchAll(
        /^( {4}(?: {4})?(?:(?:public|protected|private|static) )*)([A-Z][\w.]*(?:<[^;(){}]*>)?)( \w+\([^;{}]*\)[^;{}]*\{)/gm,
      ),
    ];
    const match = pick(typed);
    if (!match) return undefined;
    const [whole, before = "", , after = ""] = match;
    return reference.replace(whole, `${before}java.util.BitSet${after}`);
  },
  // It compiles, and does not do what was asked.
  "left out": ({ reference, expects }, pick) => {
    const lines = [...reference.matchAll(/^\s*(@\w+)(?:\(.*\))?\n/gm)].filter(
      ([line, name = ""]) =>
        expects.includes(name) && line.trim() !== "@Override" && reference.split(name).length === 2,
    );
    const line = pick(lines)?.[0];
    return line && reference.replace(line, "");
  },
};

const configurationBreakings: Readonly<Record<string, Breaking>> = {
  "earlier name": earlier,
  "misspelt property": ({ reference }, pick) => {
    const key = pick([...reference.matchAll(/^[ ]*([\w.-]*?)([\w-]+)(?==|: ?\S)/gm)]);
    return key && reference.replace(key[0], `${key[0].slice(0, -2)}${key[0].slice(-1)}`);
  },
  "wrong value": ({ reference }, pick) => {
    const number = pick([...reference.matchAll(/(?<=[=:] ?)(?:\d+[a-zA-Z]*|true|false)$/gm)]);
    return (
      number && `${reference.slice(0, number.index)}plenty${reference.slice(number.index + number[0].length)}`
    );
  },
  "left out": ({ reference, expects }, pick) => {
    const lines = [...reference.matchAll(/^ *([\w.-]+)(?:=|: ?\S).*\n/gm)].filter(([, key = ""]) =>
      expects.some((name) => name === key || name.endsWith(`.${key}`)),
    );
    const line = pick(lines)?.[0];
    return line && reference.replace(line, "");
  },
};

/** So many broken answers, each by another rule where there are enough rules that apply. */
export function breakTask(task: Task, count: number, seed = 1): readonly BrokenAnswer[] {
  const random = createRandom(seed * 7919 + hashOf(task.id));
  const pick: Pick = (from) => from[Math.floor(random() * from.length)];
  const rules = Object.entries(task.file.endsWith(".java") ? javaBreakings : configurationBreakings);
  const order = rules
    .map((rule) => ({ rule, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ rule }) => rule);
  const broken: BrokenAnswer[] = [];
  for (const [how, rule] of order) {
    if (broken.length === count) break;
    const text = rule(task, pick);
    if (text !== undefined && text !== task.reference) broken.push({ how, text });
  }
  return broken;
}

function earlier({ reference }: Task, pick: Pick): string | undefined {
  const [now, then] = pick(earlierNames.filter(([name]) => reference.includes(name))) ?? [];
  return now !== undefined && then !== undefined ? reference.replaceAll(now, then) : undefined;
}

/** Simple names of the imported types of Spring and its neighbours; without them nothing compiles. */
function importedNames(reference: string): readonly string[] {
  return [...reference.matchAll(/^import (?!static)[\w.]+\.(\w+);$/gm)].map((match) => match[1] ?? "");
}

/** A letter of its second half is gone. */
function misspelt(name: string): string {
  const at = Math.ceil(name.length / 2);
  return name.slice(0, at) + name.slice(at + 1);
}

function hashOf(text: string): number {
  let hash = 0;
  for (const character of text) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return hash >>> 0;
}
