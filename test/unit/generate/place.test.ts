import { expect, test } from "vitest";
import { place } from "../../../src/core/generate/place";
import type { PlaceRequest } from "../../../src/core/generate/placement";
import { applyEdits } from "../../../src/core/generate/textEdit";

interface Case {
  readonly name: string;
  /** `‸` is the caret; `«…»` the selection. */
  readonly file: string;
  readonly code: string;
  readonly expected: string;
  readonly language?: string;
  readonly path?: string;
  readonly unit?: PlaceRequest["unit"];
  readonly notes?: readonly string[];
}

const service = `package com.example;

import java.util.List;

public class Orders {

    private final List<String> names;

    void load() {
        names.clear();
    }
‸
}
`;

const cases: readonly Case[] = [
  {
    name: "a whole class fills an empty file, in the package of its folder",
    file: "‸",
    path: "/p/src/main/java/com/example/app/App.java",
    code: "package demo;\n\nimport b.B;\nimport a.A;\n\n@A\npublic class App {\n  B b;\n}",
    expected: "package com.example.app;\n\nimport a.A;\nimport b.B;\n\n@A\npublic class App {\n    B b;\n}\n",
  },
  {
    name: "a file with a package line only counts as empty and keeps it",
    file: "package com.example;\n\n‸\n",
    code: "import a.A;\n\nclass B {\n    A a;\n}",
    expected: "package com.example;\n\nimport a.A;\n\nclass B {\n    A a;\n}\n",
  },
  {
    name: "a member goes into the type at the caret, its import among the imports",
    file: service,
    code: "import java.util.Map;\nimport java.util.List;\n\npublic Map<String, String> all() {\n  return Map.of();\n}",
    expected: service
      .replace("import java.util.List;", "import java.util.List;\nimport java.util.Map;")
      .replace(
        "    }\n‸\n}",
        "    }\n\n    public Map<String, String> all() {\n        return Map.of();\n    }\n}",
      ),
  },
  {
    name: "a class that repeats nothing of the type it names gives its members",
    file: service,
    code: "package com.example;\n\npublic class Orders {\n    public int count() {\n        return 1;\n    }\n}",
    expected: service.replace(
      "    }\n‸\n}",
      "    }\n\n    public int count() {\n        return 1;\n    }\n}",
    ),
  },
  {
    name: "a class that repeats all of the type it names takes its place",
    file: 'package p;\n\n@Anno({"a"})\nclass A {\n    void one() {}\n    ‸\n}\n\nclass Other {}\n',
    code: '@Anno({"a", "b"})\nclass A {\n    void one() {}\n\n    void two() {}\n}',
    expected:
      'package p;\n\n@Anno({"a", "b"})\nclass A {\n    void one() {}\n\n    void two() {}\n}\n\nclass Other {}\n',
  },
  {
    name: "a selected method is replaced, at its own indentation",
    file: "class A {\n«    void one() {\n    }\n»\n    void two() {}\n}\n",
    code: "void one() {\n    run();\n}",
    expected: "class A {\n    void one() {\n        run();\n    }\n\n    void two() {}\n}\n",
  },
  {
    name: "a selected comment stays, and the code goes below it",
    file: "class A {\n    «// returns the number of orders»\n\n    void two() {}\n}\n",
    code: "public int count() {\n    return 1;\n}",
    expected:
      "class A {\n    // returns the number of orders\n    public int count() {\n        return 1;\n    }\n\n    void two() {}\n}\n",
  },
  {
    name: "a selected expression is replaced exactly",
    file: "class A {\n    int a = «1 + 1»;\n}\n",
    code: "compute(2)",
    expected: "class A {\n    int a = compute(2);\n}\n",
  },
  {
    name: "a member asked for at the top of the file goes to the end of its type",
    file: "‸package p;\n\nimport a.A;\n\nclass B {\n\tA a;\n}\n",
    unit: "\t",
    code: "import c.C;\n\npublic C make() {\n    return new C();\n}",
    expected:
      "package p;\n\nimport a.A;\nimport c.C;\n\nclass B {\n\tA a;\n\n\tpublic C make() {\n\t\treturn new C();\n\t}\n}\n",
  },
  {
    name: "a member asked for inside a method goes below it",
    file: "class A {\n    void one() {\n        ‸\n    }\n}\n",
    code: '@Bean\npublic String two() {\n    return "}";\n}',
    expected:
      'class A {\n    void one() {\n        \n    }\n\n    @Bean\n    public String two() {\n        return "}";\n    }\n}\n',
  },
  {
    name: "statements stay inside the method",
    file: "class A {\n    void one() {\n        int a = 1;\n        ‸\n    }\n}\n",
    code: "run(a);\nstop();",
    expected: "class A {\n    void one() {\n        int a = 1;\n        run(a);\n        stop();\n    }\n}\n",
  },
  {
    name: "another type goes below the one that is there",
    file: "‸package p;\n\nclass A {\n}\n",
    code: "record B(int a) {\n}",
    expected: "package p;\n\nclass A {\n}\n\nrecord B(int a) {\n}\n",
  },
  {
    name: "an import of the same simple name is left out and told of",
    file: "package p;\n\nimport com.example.Order;\n\nclass A {\n    ‸\n}\n",
    code: "import org.springframework.core.annotation.Order;\n\n@Order(1)\nprivate int a;",
    expected: "package p;\n\nimport com.example.Order;\n\nclass A {\n    @Order(1)\n    private int a;\n}\n",
    notes: [
      "The import of org.springframework.core.annotation.Order is left out: the file imports com.example.Order.",
    ],
  },
  {
    name: "a whole file selected keeps its package and the imports that are still used",
    file: "«package p;\n\nimport a.Used;\nimport a.Unused;\n\nclass A {\n    Used u;\n}\n»",
    code: "import b.New;\n\nclass A {\n    Used u;\n    New n;\n}",
    expected: "package p;\n\nimport a.Used;\nimport b.New;\n\nclass A {\n    Used u;\n    New n;\n}\n",
  },
  {
    name: "Kotlin imports have no semicolon",
    language: "kotlin",
    file: "package p\n\nclass A {\n    ‸\n}\n",
    code: "import b.B\n\nfun b(): B = B()",
    expected: "package p\n\nimport b.B\n\nclass A {\n    fun b(): B = B()\n}\n",
  },
  {
    name: "plain lines take the indentation of the caret's line",
    language: "shellscript",
    file: "a:\n  ‸\n",
    code: "b: 1\nc: 2",
    expected: "a:\n  b: 1\n  c: 2\n",
  },
  {
    name: "a property that is there gets its value where it stands, the others go to the caret",
    language: "properties",
    path: "/p/application.properties",
    file: "# web\nserver.port=8080\n‸\nspring.application.name=a\n",
    code: "server.port=9090\n# wait for requests\nserver.shutdown=graceful",
    expected:
      "# web\nserver.port=9090\n# wait for requests\nserver.shutdown=graceful\nspring.application.name=a\n",
  },
  {
    name: "YAML goes into the tree where it belongs, comments and quotes kept",
    language: "yaml",
    path: "/p/application.yml",
    file: 'spring:\n  application:\n    name: "orders" # shown\n\n# the web\nserver:\n  port: 8080\n‸',
    code: "server:\n    shutdown: graceful\nspring:\n    lifecycle:\n        timeout-per-shutdown-phase: 20s\n    application:\n        name: orders-2\nmanagement:\n    server:\n        port: 1",
    expected:
      'spring:\n  application:\n    name: "orders-2" # shown\n  lifecycle:\n    timeout-per-shutdown-phase: 20s\n\n# the web\nserver:\n  port: 8080\n  shutdown: graceful\nmanagement:\n  server:\n    port: 1\n',
  },
  {
    name: "YAML whose file writes whole names keeps to it, and relaxed names are the same key",
    language: "yaml",
    path: "/p/application.yml",
    file: "spring.datasource.url: 'jdbc:a'\nserver:\n  contextPath: /a\n‸",
    code: "spring:\n  datasource:\n    url: jdbc:b\n    username: sa\nserver:\n  context-path: /b",
    expected: "spring.datasource.url: 'jdbc:b'\nserver:\n  contextPath: /b\nspring.datasource.username: sa\n",
  },
  {
    name: "whole names go into a nested file as levels, each level once",
    language: "yaml",
    path: "/p/application.yml",
    file: "spring:\n    application:\n        name: a\n‸",
    code: "spring.datasource.url: jdbc:b\nspring.datasource.username: sa",
    expected:
      "spring:\n    application:\n        name: a\n    datasource:\n        url: jdbc:b\n        username: sa\n",
  },
  {
    name: "lists, block texts and comments of the answer come whole, and a list is replaced whole",
    language: "yaml",
    path: "/p/application.yml",
    file: "a:\n  list:\n  - one # first\n  - two\n# last\nb: 1\n‸",
    code: "a:\n    list:\n        - three\n    # said twice\n    text: |\n        x\n          y\n",
    expected: "a:\n  list:\n    - three\n  # said twice\n  text: |\n    x\n      y\n# last\nb: 1\n",
  },
  {
    name: "YAML of several documents goes into the one that holds for every profile",
    language: "yaml",
    path: "/p/application.yml",
    file: "‸spring:\n  config:\n    activate:\n      on-profile: prod\nserver:\n  port: 1\n---\nserver:\n  port: 2\n",
    code: "server:\n  shutdown: graceful",
    expected:
      "spring:\n  config:\n    activate:\n      on-profile: prod\nserver:\n  port: 1\n---\nserver:\n  port: 2\n  shutdown: graceful\n",
  },
  {
    name: "a key without a value gets it",
    language: "yaml",
    path: "/p/application.yml",
    file: "server:\n‸spring: # later\n",
    code: "server:\n  port: 1\nspring:\n  main:\n    banner-mode: off",
    expected: "server:\n    port: 1\nspring:\n    main:\n        banner-mode: off # later\n",
  },
  {
    name: "a dependency goes among the pom's own dependencies, one that is there is left out",
    language: "xml",
    path: "/p/pom.xml",
    unit: "\t",
    file: "<project>\n‸\t<dependencyManagement>\n\t\t<dependencies>\n\t\t</dependencies>\n\t</dependencyManagement>\n\t<dependencies>\n\t\t<dependency>\n\t\t\t<artifactId>a</artifactId>\n\t\t</dependency>\n\t</dependencies>\n</project>\n",
    code: "<dependencies>\n  <dependency>\n    <artifactId>a</artifactId>\n  </dependency>\n  <dependency>\n    <artifactId>b</artifactId>\n  </dependency>\n</dependencies>",
    expected:
      "<project>\n\t<dependencyManagement>\n\t\t<dependencies>\n\t\t</dependencies>\n\t</dependencyManagement>\n\t<dependencies>\n\t\t<dependency>\n\t\t\t<artifactId>a</artifactId>\n\t\t</dependency>\n\t\t<dependency>\n\t\t\t<artifactId>b</artifactId>\n\t\t</dependency>\n\t</dependencies>\n</project>\n",
    notes: ["a is in the pom already."],
  },
  {
    name: "Gradle's dependencies go into their block",
    language: "groovy",
    path: "/p/build.gradle",
    file: "‸plugins {\n    id 'java'\n}\n\ndependencies {\n    implementation 'a:a'\n}\n",
    code: "dependencies {\n  implementation 'a:a'\n  runtimeOnly 'b:b'\n}",
    expected:
      "plugins {\n    id 'java'\n}\n\ndependencies {\n    implementation 'a:a'\n    runtimeOnly 'b:b'\n}\n",
  },
  {
    name: "nothing yet is no edit",
    file: service,
    code: "\n",
    expected: service,
  },
];

test.each(cases)(
  "$name",
  ({ file, code, expected, language = "java", path = "/p/A.java", unit = 4, notes }) => {
    const caret = file.indexOf("‸");
    const start = caret >= 0 ? caret : file.indexOf("«");
    const end = caret >= 0 ? caret : file.indexOf("»") - 1;
    const text = file.replace(/[‸«»]/g, "");
    const result = place({ text, start, end, code, languageId: language, path, unit });
    expect(applyEdits(text, result.edits)).toBe(expected.replace("‸", ""));
    expect(result.notes).toEqual(notes ?? []);
  },
);

test("every prefix of an answer has a place, and none loses a line of the file", () => {
  const code =
    "import java.util.Map;\n\npublic class Orders {\n    public int count() {\n        return 1;\n    }\n}";
  const text = service.replace("‸", "");
  const start = service.indexOf("‸");
  for (let length = 0; length <= code.length; length++) {
    const { edits } = place({
      text,
      start,
      end: start,
      code: code.slice(0, length),
      languageId: "java",
      path: "/p/Orders.java",
      unit: 4,
    });
    const lines = applyEdits(text, edits).split("\n");
    for (const line of text.split("\n")) expect(lines).toContain(line);
  }
});
