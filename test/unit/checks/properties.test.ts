/** The property check over the metadata of the real jars of Spring Boot 3.2. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { languageOf, type Check, type MetadataText } from "../../../src/core/checks/check";
import type { Finding } from "../../../src/core/checks/finding";
import { createPropertyCheck } from "../../../src/core/checks/properties/checkProperties";
import knowledge from "../../../src/core/checks/properties/knowledge.json";
import { guideClasspathFile } from "../guide/guideClasspath";

let metadata: readonly MetadataText[] = [];
let check: Check;

const entry = "META-INF/spring-configuration-metadata.json";
const additional = "META-INF/additional-spring-configuration-metadata.json";

beforeAll(() => {
  const jars = readFileSync(guideClasspathFile(), "utf8").trim().split(path.delimiter);
  metadata = jars
    .filter((jar) => /^spring-boot(?:-[a-z-]+)?-3\.2\.\d+\.jar$/.test(path.basename(jar)))
    .flatMap((jar) => {
      const files = unzipSync(readFileSync(jar), {
        filter: ({ name }) => name === entry || name === additional,
      });
      const text = files[entry] ?? files[additional];
      return text ? [{ origin: path.basename(jar), text: strFromU8(text) }] : [];
    });
  check = createPropertyCheck(knowledge);
}, 300_000);

function judged(
  file: string,
  text: string,
  from = metadata,
  beside: Readonly<Record<string, string>> = {},
  mainComplete = true,
): readonly Finding[] {
  const sources = Object.entries(beside).map(([path, content]) => ({
    ...{ path, text: content, language: languageOf(path) },
  }));
  return check({
    files: [{ path: file, text, language: languageOf(file) }],
    metadata: from,
    projectFiles: { read: () => undefined, sources: () => sources },
    classpath: {
      jars: [],
      complete: mainComplete,
      mainComplete,
      source: "Maven",
      hasType: () => false,
      enumConstants: (type) =>
        type.endsWith("ErrorProperties$IncludeAttribute") ? ["ALWAYS", "NEVER", "ON_PARAM"] : undefined,
    },
  });
}

interface Described {
  readonly name: string;
  readonly type?: string;
  readonly deprecated?: boolean;
}
const described = () =>
  metadata.flatMap(
    ({ text }) => (JSON.parse(text) as { properties?: readonly Described[] }).properties ?? [],
  );
const asFile = (names: readonly string[]) => names.map((name) => `${name}=\n`).join("");
const application = "/shop/src/main/resources/application.properties";

describe("names in the metadata of all eight modules", () => {
  it("reads the metadata of eight jars", () => {
    expect(metadata.map(({ origin }) => origin.replace(/-3\.2.*/, "")).sort()).toEqual([
      "spring-boot",
      "spring-boot-actuator",
      "spring-boot-actuator-autoconfigure",
      "spring-boot-autoconfigure",
      "spring-boot-devtools",
      "spring-boot-docker-compose",
      "spring-boot-test-autoconfigure",
      "spring-boot-testcontainers",
    ]);
  });

  it("accepts every live one", () => {
    const live = described().filter(({ deprecated }) => deprecated !== true);
    expect(live.length).toBeGreaterThan(1800);
    expect(judged(application, asFile(live.map(({ name }) => name)))).toEqual([]);
  });

  it("recognises every deprecated one", () => {
    const names = described()
      .filter(({ deprecated }) => deprecated === true)
      .map(({ name }) => name);
    expect(names.length).toBeGreaterThan(500);
    const lines = new Set(
      judged(application, asFile(names))
        .filter(({ rule }) => rule === "property-removed" || rule === "property-deprecated")
        .map(({ line }) => line),
    );
    expect(names.filter((_, index) => !lines.has(index + 1))).toEqual([]);
  });

  it("notices 200 misspelt ones", () => {
    const live = described().filter(({ deprecated, name }) => deprecated !== true && name.includes("."));
    const maps = live
      .filter(({ type }) => type !== undefined && /Map|Properties$/.test(type))
      .map(({ name }) => name);
    const owned = live
      .map(({ name }) => name)
      .filter((name) => !maps.some((map) => name === map || name.startsWith(`${map}.`)));
    const plain = new Set(live.map(({ name }) => name.replaceAll("-", "")));
    const random = seeded(20);
    const misspelt: string[] = [];
    while (misspelt.length < 200) {
      const name = owned[Math.floor(random() * owned.length)] ?? "";
      const at = name.indexOf(".") + 1 + Math.floor(random() * (name.length - name.indexOf(".") - 1));
      const wrong =
        name.slice(0, at) +
        "abcdefghijklmnopqrstuvwxyz".charAt(Math.floor(random() * 26)) +
        name.slice(at + 1);
      if (!plain.has(wrong.replaceAll("-", ""))) misspelt.push(wrong);
    }
    const lines = new Set(judged(application, asFile(misspelt)).map(({ line }) => line));
    expect(misspelt.filter((_, index) => !lines.has(index + 1))).toEqual([]);
  });
});

/** Park and Miller's generator: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

interface Case {
  readonly what: string;
  readonly file?: string;
  readonly text: string;
  /** `line rule`, a part of the message after it; none: nothing is found. */
  readonly found: readonly string[];
}

const cases: readonly Case[] = [
  {
    what: "names of the project's own",
    text: "app.name=x\nacme.server.port=1\nserve.port=2\nfoo=1\n",
    found: [],
  },
  {
    what: "names of libraries that are not there",
    text: "spring.cloud.config.uri=http://x\nspring.ai.ollama.x=1\n",
    found: [],
  },
  {
    what: "relaxed spellings",
    text: "spring.datasource.driverClassName=a\nSERVER.PORT=1\nspring.datasource.hikari.maximum_pool_size=3\nspring.config.import[0]=a\n",
    found: [],
  },
  {
    what: "maps with names of the user's own",
    text: "logging.level.com.example=DEBUG\nspring.jpa.properties.hibernate.jdbc.batch_size=20\nmanagement.metrics.tags.region=eu\nspring.ssl.bundle.jks.web.keystore.location=a\n",
    found: [],
  },
  {
    what: "a renamed property, in both files",
    text: "spring.redis.host=a\n",
    found: ["1 property-removed Use `spring.data.redis.host`"],
  },
  {
    what: "a misspelt property with its neighbour",
    text: "server.prot=1\nspring.dataa.redis.host=a\n",
    found: ["1 unknown-property `server.port`", "2 unknown-property `spring.data.redis.host`"],
  },
  {
    what: "a name that was forgotten",
    text: "spring.session.store-type=redis\n",
    found: ["1 property-removed classpath"],
  },
  { what: "a value for a group", text: "server.servlet=x\n", found: ["1 unknown-property group"] },
  {
    what: "an index on a single value",
    text: "server.port[0]=1\n",
    found: ["1 unknown-property not a list"],
  },
  {
    what: "values that cannot be bound",
    text: "server.port=abc\nspring.mvc.async.request-timeout=5 minutes\nspring.servlet.multipart.max-file-size=10mb\nserver.error.include-message=sometimes\nspring.main.lazy-initialization=maybe\n",
    found: [
      "1 property-value whole number",
      "2 property-value duration",
      "3 property-value data size",
      "4 property-value `on-param`",
      "5 property-value `true`",
    ],
  },
  {
    what: "values that can",
    text: "server.port=${PORT:8080}\nserver.port=@port@\nspring.mvc.async.request-timeout=PT1M30S\nspring.mvc.async.request-timeout=90\nserver.error.include-message=onParam\nspring.main.lazy-initialization=off\nspring.servlet.multipart.max-file-size=-1\nserver.port=\n",
    found: [],
  },
  {
    what: "profiles chosen from a profile's file",
    file: "/shop/src/main/resources/application-dev.properties",
    text: "spring.profiles.active=local\n",
    found: ["1 property-misplaced `dev`"],
  },
  {
    what: "a YAML tree",
    file: "/shop/src/main/resources/application.yml",
    text: "spring:\n  redis:\n    host: a # kept\n  datasource:\n    urll: b\n---\nspring:\n  config.activate.on-profile: dev\n  profiles:\n    include: x\nserver.port: 80\nmy:\n  list:\n    - name: a\n",
    found: [
      "3 property-removed `spring.data.redis.host`",
      "5 unknown-property `spring.datasource.url`",
      "10 property-misplaced `dev`",
    ],
  },
  {
    what: "YAML lists, anchors and nothing",
    file: "/shop/src/main/resources/application.yaml",
    text: "defaults: &d\n  port: 80\nserver: *d\nmanagement.endpoints.web.exposure.include: [health, info]\nspring:\nlogging:\n  level:\n    root: INFO\n",
    found: [],
  },
  {
    what: "code: placeholders, test properties, prefixes, but no comments",
    file: "/shop/src/main/java/Shop.java",
    text: '@Value("${server.prot:${app.port}}") int port;\n// @Value("${server.nope}")\n@SpringBootTest(webEnvironment = RANDOM_PORT, properties = { "spring.redis.host=x", "app.y=1" })\n@ConfigurationProperties("appMail") class A { }\n',
    found: ["1 unknown-property `server.port`", "3 property-removed", "4 property-prefix `app-mail`"],
  },
  {
    what: "names below a prefix that the project binds",
    file: "/shop/src/main/java/Shop.java",
    text: '@ConfigurationProperties(prefix = "server.extra") class A { }\n@Value("${server.extra.size}") int size;\n',
    found: [],
  },
  {
    what: "environment variables of a Compose file",
    file: "/shop/compose.yaml",
    text: "services:\n  shop:\n    environment:\n      SPRING_REDIS_HOST: cache\n      SPRING_DATA_REDIS_PORT: 6379\n      - SERVER_PORT=abc\n",
    found: ["4 property-removed", "6 property-value whole number"],
  },
];

describe("what is said of", () => {
  for (const { what, file = application, text, found } of cases) {
    it(what, () => {
      const findings = judged(file, text).toSorted((left, right) => left.line - right.line);
      expect(findings.map(({ line, rule }) => `${line} ${rule}`)).toEqual(
        found.map((expected) => expected.split(" ").slice(0, 2).join(" ")),
      );
      findings.forEach(({ message }, index) => {
        expect(message).toContain(found[index]?.split(" ").slice(2).join(" "));
      });
    });
  }

  it("a module that is not on the classpath", () => {
    const without = metadata.filter(({ origin }) => !origin.includes("actuator"));
    expect(judged(application, "management.server.port=1\n", without).map(({ message }) => message)).toEqual([
      "`management.server.port` needs `spring-boot-starter-actuator`, which is not on the classpath; without it the property does nothing.",
    ]);
  });

  it("a name that is replaced where it stands", () => {
    const text = "# one\nspring.redis.host = a\n";
    const [finding] = judged(application, text);
    expect(finding).toMatchObject({ line: 2, column: 1, endColumn: 18 });
    const [edit] = finding?.fix?.edits ?? [];
    expect(edit && text.slice(0, edit.start) + edit.text + text.slice(edit.end)).toBe(
      "# one\nspring.data.redis.host = a\n",
    );
  });
});

describe("what the project has for itself", () => {
  const key = "spring.mail.from=shop@example.org\n";
  const code = "/shop/src/main/java/Mail.java";
  const unknown = (findings: readonly Finding[]) =>
    findings.filter(({ rule }) => rule === "unknown-property");

  it.each([
    ["a value", '@Value("${spring.mail.from}") String from;'],
    ["another annotation", '@Scheduled(cron = "${spring.mail.from}") void run() {}'],
    ["a condition", '@ConditionalOnProperty(name = "spring.mail.from") class A {}'],
    [
      "a condition with a prefix",
      '@ConditionalOnProperty(prefix = "spring.mail", name = {"to", "from"}) class A {}',
    ],
    ["the environment", 'String from = environment.getProperty("spring.mail.from");'],
    ["properties that it binds", '@ConfigurationProperties("spring.mail") record Own(String from) {}'],
  ])("a key that the code reads by %s is its own, in the owner's place too", (_, text) => {
    expect(unknown(judged(application, key))).toHaveLength(1);
    expect(unknown(judged(application, key, metadata, { [code]: text }))).toEqual([]);
  });

  it("a slip of the keys stays one, whoever else reads it", () => {
    const text = '@Value("${spring.mail.hots}") String host;';
    expect(unknown(judged(application, "spring.mail.hots=x\n", metadata, { [code]: text }))).toHaveLength(1);
  });

  it("what the code reads is its own where its files set it, and a condition is a switch of its own", () => {
    const text = '@Value("${spring.mail.from}") String from;';
    expect(unknown(judged(code, text))).toHaveLength(1);
    expect(unknown(judged(code, text, metadata, { [application]: key }))).toEqual([]);
    expect(unknown(judged(code, '@ConditionalOnProperty(name = "spring.mail.archived") class A {}'))).toEqual(
      [],
    );
    expect(
      unknown(judged(code, '@ConditionalOnProperty(name = "spring.mail.hots") class A {}')),
    ).toHaveLength(1);
  });

  it("while a jar is missing only a slip is told", () => {
    expect(unknown(judged(application, key, metadata, {}, false))).toEqual([]);
    expect(unknown(judged(application, "spring.mail.hots=x\n", metadata, {}, false))).toHaveLength(1);
  });

  it("jars of others own nothing, and a group without properties is bound by code", () => {
    const text = JSON.stringify({
      groups: [{ name: "acme.mail" }, { name: "acme.mail.servers", type: "java.util.Map" }],
      properties: [{ name: "acme.mail.host", type: "java.lang.String" }],
    });
    const keys = "acme.mail.enabled=true\nacme.mail.servers.one.host=x\n";
    expect(unknown(judged(application, keys, [{ origin: "acme-starter-1.jar", text }]))).toEqual([]);
    const own = [{ origin: "spring-acme-1.jar", text }];
    expect(unknown(judged(application, keys, own)).map(({ line }) => line)).toEqual([1]);
    expect(unknown(judged(application, "acme.mail.hots=x\n", [{ origin: "acme-1.jar", text }]))).toHaveLength(
      1,
    );
  });
});
