// The checks held against code that is right, code that is wrong, the properties of Spring Boot 3.2.12, its own sources, and the clock.
// Maven brings what is missing on this machine, once.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { bundle, load, root } from "./support/bundle.mjs";

export const name = "checks";

const VERSION = "3.2.12";
const work = path.join(root, "out", "eval", "checks");

/** What makes each wrong answer wrong, as the checks say it; `null`: valid code that misses its task and must come out clean. */
const FAULTS = {
  "set1/C02": null,
  "set1/C04": [/WebSecurityConfigurerAdapter/],
  "set1/C05": [/javax\.validation/, /ConstructorBinding/],
  "set1/C08": [/newVirtualThreadPerTaskExecutor/],
  "set1/C09": [/forClient/],
  "set2/C04": [/csrf/, /authorizeHttpRequests/, /and/],
  "set2/C05": [/ConstructorBinding/],
};

/** The modules that have configuration properties; of one, mirrors lack the release, and its properties are those of the one before. */
const COMPOSE = "3.2.10";
const MODULES = [
  "spring-boot",
  "spring-boot-autoconfigure",
  "spring-boot-actuator",
  "spring-boot-actuator-autoconfigure",
  "spring-boot-devtools",
  "spring-boot-docker-compose",
  "spring-boot-testcontainers",
  "spring-boot-test-autoconfigure",
];

/** Sources that compile, with their own poms: Spring Boot's largest module, and starters of others that are built on 3.2. */
const SOUND = [
  { group: "org.springframework.boot", artifact: "spring-boot-autoconfigure", version: VERSION },
  { group: "org.springdoc", artifact: "springdoc-openapi-starter-common", version: "2.3.0" },
  { group: "org.mybatis.spring.boot", artifact: "mybatis-spring-boot-autoconfigure", version: "3.0.3" },
  { group: "de.codecentric", artifact: "spring-boot-admin-server", version: "3.2.3" },
];

/** Milliseconds. */
const TARGETS = { warm: 300, cold: 3_000, "without JDK": 100 };

/** @param {import("../../scripts/bench.mjs").BenchContext} context */
export async function run({ shared }) {
  mkdirSync(work, { recursive: true });
  const { createChecking } = await load(
    await bundle("checks", { "src/adapters/engine/checking": ["createChecking"] }),
  );
  const start = (more = {}) =>
    createChecking({ packageRoot: root, defaultStore: path.join(work, "store"), ...more });
  const checking = start();
  try {
    const bench = path.join(shared, "bench", "codegen");
    const deps = path.join(bench, "deps");
    const parts = [
      await references(checking, bench, deps),
      await negatives(checking, bench, deps),
      ...(await properties(checking, shared)),
      ...(await eachInTurn(SOUND, (artifact) => soundSources(checking, artifact))),
      ...(await speed(start, bench, deps)),
    ];
    return { rows: parts.map(({ row }) => row), failures: parts.flatMap(({ failures }) => failures) };
  } finally {
    checking.close();
  }
}

/**
 * @template Item, Result
 * @param {readonly Item[]} items
 * @param {(item: Item) => Promise<Result>} action
 */
async function eachInTurn(items, action) {
  const results = [];
  for (const item of items) results.push(await action(item));
  return results;
}

/** @param {any} checking @param {readonly { path: string, text?: string }[]} files @param {string | undefined} project */
function check(checking, files, project, more = {}) {
  return checking.check(
    { files, ...(project && { project }), offline: false, trusted: true, ...more },
    () => undefined,
    new AbortController().signal,
  );
}

/** @param {string} what @param {string} result @param {string} target @param {readonly string[]} failures */
const part = (what, result, target, failures) => ({ row: { what, result, target }, failures });

/** @param {any} report */
const told = (report) =>
  report.files.flatMap((/** @type {any} */ file) =>
    file.findings.filter((/** @type {any} */ { level }) => level !== "info"),
  );

/** @param {any} checking @param {string} bench @param {string} deps */
async function references(checking, bench, deps) {
  const folder = path.join(bench, "reference");
  const files = readdirSync(folder).map((file) => ({ path: path.join(folder, file) }));
  const report = await check(checking, files, deps);
  const findings = told(report);
  const failures = [
    ...findings.map((/** @type {any} */ each) => `${path.basename(each.path)}:${each.line}: ${each.message}`),
    ...report.notChecked.map((/** @type {any} */ { why }) => why),
  ];
  return part(`reference solutions flagged (of ${files.length})`, String(findings.length), "0", failures);
}

/** @param {any} checking @param {string} bench @param {string} deps */
async function negatives(checking, bench, deps) {
  const failures = [];
  let caught = 0;
  for (const [answer, reasons] of Object.entries(FAULTS)) {
    const file = path.join(bench, "negative", `${answer}.java`);
    const messages = told(await check(checking, [{ path: file }], deps)).map(
      (/** @type {any} */ { message }) => message,
    );
    const isRight = reasons
      ? reasons.every((reason) => messages.some((/** @type {string} */ message) => reason.test(message)))
      : messages.length === 0;
    if (isRight) caught++;
    else failures.push(`negative/${answer}: ${messages.join(" | ") || "nothing was found"}`);
  }
  const count = Object.keys(FAULTS).length;
  return part(
    "wrong answers judged rightly, for their true reason",
    `${caught} of ${count}`,
    "all",
    failures,
  );
}

/** @param {any} checking @param {string} shared */
async function properties(checking, shared) {
  const project = path.join(work, "modules");
  mkdirSync(path.join(project, "src/main/resources"), { recursive: true });
  writeFileSync(path.join(project, "pom.xml"), pomOf(MODULES));
  const file = path.join(project, "src/main/resources/application.properties");
  /** @param {readonly string[]} names @returns {Promise<ReadonlyMap<string, readonly any[]>>} */
  const judged = async (names) => {
    const text = names.map((each) => `${each}=`).join("\n");
    const report = await check(checking, [{ path: file, text }], undefined);
    const byName = new Map(names.map((each) => [each, /** @type {any[]} */ ([])]));
    for (const finding of report.files[0].findings) byName.get(names[finding.line - 1] ?? "")?.push(finding);
    return byName;
  };
  const lines = (/** @type {string} */ each) =>
    readFileSync(path.join(shared, "facts", each), "utf8")
      .trim()
      .split("\n");
  const deprecated = lines(`deprecated-properties-${VERSION}.jsonl`).map((line) => JSON.parse(line).name);
  const live = lines(`valid-properties-${VERSION}.txt`).map((line) => line.split(/\s/)[0] ?? "");
  const isTold = (/** @type {any} */ { rule }) => /^property-(deprecated|removed)$/.test(rule);
  const missed = [...(await judged(deprecated))]
    .filter(([, found]) => !found.some(isTold))
    .map(([each]) => each);
  const refused = [...(await judged(live))].filter(([, found]) => found.length > 0).map(([each]) => each);
  const misspelt = misspell(live, 200);
  const isUnknown = (/** @type {any} */ { rule }) => rule === "unknown-property";
  const unseen = [...(await judged(misspelt))]
    .filter(([, found]) => !found.some(isUnknown))
    .map(([each]) => each);
  const few = (/** @type {string} */ what, /** @type {readonly string[]} */ names) =>
    names.length === 0 ? [] : [`${what}: ${names.slice(0, 5).join(", ")} (${names.length})`];
  return [
    part(
      "deprecated properties recognised",
      `${deprecated.length - missed.length} of ${deprecated.length}`,
      "all",
      few("not recognised", missed),
    ),
    part(
      "misspelt properties recognised",
      `${misspelt.length - unseen.length} of ${misspelt.length}`,
      "all",
      few("not recognised", unseen),
    ),
    part(
      "live properties accepted",
      `${live.length - refused.length} of ${live.length}`,
      "all",
      few("refused", refused),
    ),
  ];
}

/** One letter of a live name doubled or left out, by a seeded choice; names below maps, where any name is right, are left out. */
function misspell(/** @type {readonly string[]} */ live, /** @type {number} */ count) {
  let state = 20_240_917;
  const random = (/** @type {number} */ below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const known = new Set(live);
  /** @type {Set<string>} */
  const made = new Set();
  const maps = mapNames();
  const plain = live.filter((each) => !maps.some((map) => each === map || each.startsWith(`${map}.`)));
  while (made.size < count) {
    const word = plain[random(plain.length)] ?? "";
    const from = word.lastIndexOf(".") + 2;
    if (word.length - from < 3) continue;
    const at = from + random(word.length - from - 1);
    if (word[at] === "-") continue; // a name without its dashes is the same name
    const wrong =
      random(2) === 0
        ? word.slice(0, at) + word.slice(at + 1)
        : word.slice(0, at) + word[at] + word.slice(at);
    if (!known.has(wrong)) made.add(wrong);
  }
  return [...made];
}

/** Names of the properties that are maps, from the metadata in the jars themselves. */
function mapNames() {
  const repository = path.join(os.homedir(), ".m2", "repository", "org", "springframework", "boot");
  return MODULES.flatMap((module) => {
    const jar = path.join(repository, module, versionOf(module), `${module}-${versionOf(module)}.jar`);
    // Not every module has metadata of its own.
    if (
      !execFileSync("unzip", ["-l", jar], { encoding: "utf8" }).includes(
        "META-INF/spring-configuration-metadata.json",
      )
    )
      return [];
    const text = execFileSync("unzip", ["-p", jar, "META-INF/spring-configuration-metadata.json"], {
      encoding: "utf8",
      maxBuffer: 64_000_000,
    });
    return JSON.parse(text)
      .properties.filter((/** @type {any} */ { type = "" }) => /^java\.util\.(?:Map|Properties)/.test(type))
      .map((/** @type {any} */ property) => property.name);
  });
}

/** @param {any} checking @param {{ group: string, artifact: string, version: string }} of */
async function soundSources(checking, { group, artifact, version }) {
  const folder = path.join(work, "sources", `${artifact}-${version}`);
  if (!existsSync(path.join(folder, "pom.xml"))) {
    mkdirSync(folder, { recursive: true });
    const copy = (/** @type {string} */ coordinates) =>
      execFileSync(
        "mvn",
        [
          "-q",
          "-B",
          "dependency:copy",
          `-Dartifact=${coordinates}`,
          `-DoutputDirectory=${folder}`,
          "-Dmdep.overWriteReleases=true",
        ],
        { cwd: work, stdio: "inherit" },
      );
    copy(`${group}:${artifact}:${version}:jar:sources`);
    copy(`${group}:${artifact}:${version}:pom`);
    const sources = path.join(folder, "src", "main", "java");
    mkdirSync(sources, { recursive: true });
    execFileSync("jar", ["xf", path.join(folder, `${artifact}-${version}-sources.jar`)], { cwd: sources });
    const pom = readFileSync(path.join(folder, `${artifact}-${version}.pom`), "utf8");
    writeFileSync(path.join(folder, "pom.xml"), pom);
  }
  const sources = path.join(folder, "src", "main", "java");
  const files = readdirSync(sources, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".java"))
    .map((file) => ({ path: path.join(sources, file) }));
  const lines = files.reduce((sum, file) => sum + readFileSync(file.path, "utf8").split("\n").length, 0);
  const started = performance.now();
  const report = await check(checking, files, folder, { springBootVersion: VERSION });
  const errors = told(report).filter((/** @type {any} */ { level }) => level === "error");
  const seconds = Math.round((performance.now() - started) / 1_000);
  return part(
    `errors claimed in ${artifact} ${version} (${files.length} files, ${lines} lines, ${report.notChecked.length} not judged, ${seconds} s)`,
    String(errors.length),
    "0",
    errors
      .slice(0, 5)
      .map((/** @type {any} */ each) => `${path.relative(sources, each.path)}:${each.line}: ${each.message}`),
  );
}

/**
 * @param {(more?: object) => any} start
 * @param {string} bench @param {string} deps
 */
async function speed(start, bench, deps) {
  const text = hundredLines(readFileSync(path.join(bench, "reference", "C04.java"), "utf8"));
  const file = { path: path.join(work, "Hundred.java"), text };
  /** @param {any} checking */
  const once = async (checking) => {
    const started = performance.now();
    await check(checking, [{ ...file, text: `${text}\n// ${started}` }], deps);
    return performance.now() - started;
  };
  const checking = start();
  await once(checking); // reads the class path, which is kept from then on
  checking.close();
  const fresh = start();
  const cold = await once(fresh);
  await once(fresh);
  const warm = median(await several(9, () => once(fresh)));
  fresh.close();
  const without = start({ jdks: () => Promise.resolve([]) });
  await once(without);
  const none = median(await several(9, () => once(without)));
  without.close();
  const row = (/** @type {keyof typeof TARGETS} */ what, /** @type {number} */ taken) =>
    part(
      `check of a class of 100 lines, ${what}`,
      `${Math.round(taken)} ms`,
      `${TARGETS[what]} ms`,
      taken <= TARGETS[what] ? [] : [`${what}: ${Math.round(taken)} ms, the target is ${TARGETS[what]} ms`],
    );
  return [row("warm", warm), row("cold", cold), row("without JDK", none)];
}

/** The class with as many methods more as make it a hundred lines. */
function hundredLines(/** @type {string} */ text) {
  const lines = text.trimEnd().split("\n");
  const last = lines.pop() ?? "}";
  for (let index = 0; lines.length < 97; index++)
    lines.push("", `    String name${index}(String other) {`, `        return other + ${index};`, "    }");
  return [...lines, last].join("\n");
}

/** @param {number} count @param {() => Promise<number>} work */
async function several(count, work) {
  const results = [];
  for (let index = 0; index < count; index++) results.push(await work());
  return results;
}

const median = (/** @type {readonly number[]} */ values) =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** @param {readonly string[]} modules */
function pomOf(modules) {
  const element = (/** @type {string} */ module) =>
    `<dependency><groupId>org.springframework.boot</groupId><artifactId>${module}</artifactId><version>${versionOf(module)}</version></dependency>`;
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>${VERSION}</version><relativePath/></parent>
<groupId>bench</groupId><artifactId>modules</artifactId><version>1</version>
<dependencies>${modules.map(element).join("\n")}</dependencies></project>`;
}

const versionOf = (/** @type {string} */ module) =>
  module === "spring-boot-docker-compose" ? COMPOSE : VERSION;
