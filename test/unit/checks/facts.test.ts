/** Facts that compile and are wrong, and dependencies: what is said of files, and of which it is not. */
import { describe, expect, it } from "vitest";
import { languageOf, type ClasspathView } from "../../../src/core/checks/check";
import { createFactCheck } from "../../../src/core/checks/facts/checkFacts";
import { parseFacts } from "../../../src/core/checks/facts/fact";
import type { Finding } from "../../../src/core/checks/finding";
import { createStaticChecks, shippedFacts } from "../../../src/core/checks/staticChecks";

const checks = createStaticChecks();

function classpathOf(types: readonly string[], jars: readonly string[] = []): ClasspathView {
  return {
    jars: jars.map((path) => ({ path })),
    complete: true,
    mainComplete: true,
    source: "Maven",
    hasType: (name) => types.includes(name),
  };
}

function judged(
  files: Readonly<Record<string, string>>,
  springBootVersion = "3.2.12",
  classpath?: ClasspathView,
): readonly Finding[] {
  const checked = Object.entries(files).map(([path, text]) => ({ path, text, language: languageOf(path) }));
  return checks.flatMap((check) =>
    check({
      files: checked,
      metadata: [],
      springBootVersion,
      ...(classpath && { classpath }),
    }),
  );
}

function mended(text: string, { fix }: Finding): string {
  return [...(fix?.edits ?? [])]
    .sort((left, right) => right.start - left.start)
    .reduce((before, edit) => before.slice(0, edit.start) + edit.text + before.slice(edit.end), text);
}

interface Case {
  readonly what: string;
  readonly file: string;
  readonly text: string;
  readonly version?: string;
  /** `line rule` of what is found. */
  readonly found: readonly string[];
  readonly mended?: string;
}

const java = "/shop/src/main/java/Shop.java";
const pomOf = (dependency: string, before = "") =>
  `<project><modelVersion>4.0.0</modelVersion><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.2.12</version></parent>${before}
<dependencies>
<dependency>${dependency}</dependency>
</dependencies></project>`;
const gradleOf = (dependency: string) =>
  `plugins {\n  id 'org.springframework.boot' version '3.2.12'\n  id 'io.spring.dependency-management' version '1.1.4'\n}\ndependencies {\n  ${dependency}\n}\n`;

const cases: readonly Case[] = [
  {
    what: "auto-configuration in spring.factories",
    file: "/lib/src/main/resources/META-INF/spring.factories",
    text: "# none\norg.springframework.boot.autoconfigure.EnableAutoConfiguration=\\\ncom.example.A\n",
    found: ["2 fact-auto-configuration-in-spring-factories"],
  },
  {
    what: "the same before 3.0",
    file: "/lib/META-INF/spring.factories",
    version: "2.7.18",
    text: "org.springframework.boot.autoconfigure.EnableAutoConfiguration=a.B\n",
    found: [],
  },
  {
    what: "other entries of spring.factories",
    file: "/lib/META-INF/spring.factories",
    text: "org.springframework.boot.env.EnvironmentPostProcessor=a.B\n",
    found: [],
  },
  {
    what: "names of servlet attributes, but not in comments",
    file: java,
    text: '// "javax.servlet.error.exception"\nObject x = request.getAttribute("javax.servlet.error.status_code");\n',
    found: ["2 fact-servlet-attribute-names"],
    mended:
      '// "javax.servlet.error.exception"\nObject x = request.getAttribute("jakarta.servlet.error.status_code");\n',
  },
  {
    what: "the launcher in a Dockerfile",
    file: "/shop/Dockerfile",
    text: 'ENTRYPOINT ["java", "org.springframework.boot.loader.JarLauncher"]\n',
    found: ["1 fact-jar-launcher-moved"],
    mended: 'ENTRYPOINT ["java", "org.springframework.boot.loader.launch.JarLauncher"]\n',
  },
  {
    what: "the launcher of 3.1",
    file: "/shop/Dockerfile",
    version: "3.1.12",
    text: 'ENTRYPOINT ["java", "org.springframework.boot.loader.JarLauncher"]\n',
    found: [],
  },
  {
    what: "dialects that Hibernate has dropped",
    file: "/shop/src/main/resources/application.yml",
    text: "spring.jpa.database-platform: org.hibernate.dialect.MySQL57Dialect\nother: org.hibernate.dialect.PostgreSQLDialect\n",
    found: ["1 fact-hibernate-dialect-gone"],
    mended:
      "spring.jpa.database-platform: org.hibernate.dialect.MySQLDialect\nother: org.hibernate.dialect.PostgreSQLDialect\n",
  },
  {
    what: "paths with something after the double star",
    file: java,
    text: '@GetMapping("/files/**")\nvoid a() {}\n@GetMapping(value = "/**/files", produces = "text/plain")\nvoid b() {}\n@RequestMapping(path = "/a/**", consumes = "*/*")\nvoid c() {}\n',
    found: ["3 fact-path-after-double-star"],
  },
  {
    what: "a handler that overrides nothing",
    file: java,
    text: "class A extends ResponseEntityExceptionHandler {\n  protected ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex, HttpHeaders headers, HttpStatus status, WebRequest request) { return null; }\n}\n",
    found: ["2 fact-exception-handler-status"],
  },
  {
    what: "the trace endpoint",
    file: "/shop/src/main/resources/application.properties",
    text: "management.endpoints.web.exposure.include=health,httptrace\n# include=httptrace\n",
    found: ["1 fact-httptrace-endpoint"],
    mended: "management.endpoints.web.exposure.include=health,httpexchanges\n# include=httptrace\n",
  },
  {
    what: "a role's prefix",
    file: java,
    text: 'auth.requestMatchers("/a").hasRole("ROLE_ADMIN").anyRequest().hasRole("USER");\n',
    found: ["1 fact-role-prefix-twice"],
    mended: 'auth.requestMatchers("/a").hasRole("ADMIN").anyRequest().hasRole("USER");\n',
  },
  {
    what: "a runner beside Jupiter",
    file: java,
    text: "import org.junit.jupiter.api.Test;\n@RunWith(SpringRunner.class)\nclass T {}\n",
    found: ["2 fact-runner-with-jupiter"],
  },
  {
    what: "a security class without a configuration",
    file: java,
    text: "@EnableWebSecurity\npublic class A {}\n@Configuration\n@EnableWebSecurity\npublic class B {}\n@EnableMethodSecurity(prePostEnabled = true)\nclass C {}\n@Import(C.class)\n@SpringBootApplication\nclass D {}\n",
    found: ["1 fact-security-without-configuration"],
  },
  {
    what: "a build for an old Java",
    file: "/shop/pom.xml",
    text: pomOf(
      "<groupId>org.postgresql</groupId><artifactId>postgresql</artifactId>",
      "\n<properties><java.version>11</java.version></properties>",
    ),
    found: ["2 fact-java-version-too-old"],
  },
  {
    what: "a starter that does not exist",
    file: "/shop/pom.xml",
    text: pomOf(
      "<groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-webmvc</artifactId>",
    ),
    found: ["3 dependency-unknown"],
  },
  {
    what: "a driver that has moved",
    file: "/shop/pom.xml",
    text: pomOf("<groupId>mysql</groupId><artifactId>mysql-connector-java</artifactId>"),
    found: ["3 dependency-moved"],
    mended: pomOf("<groupId>com.mysql</groupId><artifactId>mysql-connector-j</artifactId>"),
  },
  {
    what: "a driver that has moved, with a version of its own",
    file: "/shop/pom.xml",
    text: pomOf(
      "<groupId>mysql</groupId><artifactId>mysql-connector-java</artifactId><version>8.0.33</version>",
    ),
    found: [],
  },
  {
    what: "an API that is of no use any more, with a version of its own",
    file: "/shop/pom.xml",
    text: pomOf(
      "<groupId>javax.servlet</groupId><artifactId>javax.servlet-api</artifactId><version>4.0.1</version>",
    ),
    found: ["3 dependency-moved"],
  },
  {
    what: "an artifact that nobody manages",
    file: "/shop/pom.xml",
    text: pomOf("<groupId>com.google.guava</groupId><artifactId>guava</artifactId>"),
    found: ["3 dependency-unmanaged"],
  },
  {
    what: "an artifact that another BOM may manage",
    file: "/shop/pom.xml",
    text: pomOf(
      "<groupId>org.springframework.cloud</groupId><artifactId>spring-cloud-starter-config</artifactId>",
      "<dependencyManagement><dependencies><dependency><groupId>org.springframework.cloud</groupId><artifactId>spring-cloud-dependencies</artifactId><version>2023.0.4</version><type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement>",
    ),
    found: [],
  },
  {
    what: "a comment in a pom",
    file: "/shop/pom.xml",
    text: pomOf(
      "<!-- <groupId>mysql</groupId><artifactId>mysql-connector-java</artifactId> --><groupId>com.h2database</groupId><artifactId>h2</artifactId>",
    ),
    found: [],
  },
  {
    what: "Gradle: moved, unknown, unmanaged and right ones",
    file: "/shop/build.gradle",
    text: gradleOf(
      "implementation 'mysql:mysql-connector-java'\n  implementation 'org.springframework.boot:spring-boot-starter-redis'\n  implementation \"com.google.guava:guava\"\n  implementation 'com.google.guava:guava:33.0.0-jre'\n  runtimeOnly 'org.postgresql:postgresql'",
    ),
    found: ["6 dependency-moved", "7 dependency-unknown", "8 dependency-unmanaged"],
  },
  {
    what: "Gradle configurations of old",
    file: "/shop/build.gradle.kts",
    text: 'dependencies {\n  compile("org.postgresql:postgresql:42.7.0")\n  runtimeOnly("org.postgresql:postgresql:42.7.0")\n}\n',
    found: ["2 fact-gradle-configuration-gone"],
  },
];

describe("what is said of", () => {
  for (const { what, file, text, version, found, mended: right } of cases) {
    it(what, () => {
      const findings = judged({ [file]: text }, version);
      expect(findings.map(({ line, rule }) => `${line} ${rule}`)).toEqual(found);
      const [first] = findings;
      if (right !== undefined && first) expect(mended(text, first)).toBe(right);
      if (right !== undefined) expect(first).toBeDefined();
    });
  }

  it("a call with a slash that the controller does not map", () => {
    const controller =
      '@RestController\n@RequestMapping("/orders")\nclass A {\n  @GetMapping("/{id}") String one() { return ""; }\n  @GetMapping String all() { return ""; }\n  @GetMapping("/open/") String open() { return ""; }\n}\n';
    const test =
      'mvc.perform(get("/orders/"));\nmvc.perform(get("/orders/7/"));\nmvc.perform(get("/orders/7"));\nmvc.perform(get("/orders/open/"));\nmvc.perform(get("/elsewhere/"));\n';
    const findings = judged({ "/s/A.java": controller, "/s/ATest.java": test });
    expect(findings.map(({ line, rule }) => `${line} ${rule}`)).toEqual([
      "1 fact-trailing-slash",
      "2 fact-trailing-slash",
    ]);
    expect(judged({ "/s/A.java": controller, "/s/ATest.java": test }, "2.7.18")).toEqual([]);
  });

  it("a JUnit 4 test where nothing runs it", () => {
    const text = "import org.junit.Test;\nimport org.junit.Before;\nclass T {}\n";
    const types = ["org.junit.Test", "org.junit.jupiter.api.Test"];
    const rules = (jars: readonly string[], known = types) =>
      judged({ "/s/T.java": text }, "3.2.12", classpathOf(known, jars)).map(
        ({ line, rule }) => `${line} ${rule}`,
      );
    expect(rules([])).toEqual(["1 fact-junit4-never-runs", "2 fact-junit4-never-runs"]);
    expect(rules(["/m/junit-vintage-engine-5.10.5.jar"])).toEqual([]);
    expect(rules([], ["org.junit.Test"])).toEqual([]);
  });
});

describe("the data", () => {
  it("names each fact once, with its evidence", () => {
    const ids = shippedFacts().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("takes facts of the user's own", () => {
    const read = parseFacts(
      '{"facts":[{"id":"no-system-out","level":"warning","languages":["java"],"scope":"names","pattern":"System\\\\.out","message":"Use the logger.","evidence":"our handbook"}]}',
    );
    if ("problem" in read) throw new Error(read.problem);
    const check = createFactCheck(read.facts);
    const text = 'String s = "System.out";\nSystem.out.println(s);\n';
    expect(check({ files: [{ path: "/A.java", text, language: "java" }], metadata: [] })).toMatchObject([
      { rule: "fact-no-system-out", line: 2, column: 1, endColumn: 11 },
    ]);
  });

  it.each([
    ["no JSON", "{", /JSON/],
    ["no facts", "{}", /facts/],
    [
      "an unknown key",
      '{"facts":[{"id":"a","level":"error","languages":["java"],"pattern":"x","message":"m","evidence":"e","regex":"y"}]}',
      /regex/,
    ],
  ])("says what is wrong with %s", (_, text, problem) => {
    const read = parseFacts(text);
    expect("problem" in read && read.problem).toMatch(problem);
  });

  it("names the fact whose pattern is none", () => {
    const read = parseFacts(
      '{"facts":[{"id":"broken","level":"error","languages":["java"],"pattern":"(","message":"m","evidence":"e"}]}',
    );
    if ("problem" in read) throw new Error(read.problem);
    expect(() => createFactCheck(read.facts)).toThrow(/broken/);
  });
});
