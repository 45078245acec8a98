import { describe, expect, test } from "vitest";
import { planFiles, type PlanRequest } from "../../../src/core/generate/filePlan";

const directory = "/p";
const path = "/p/src/main/java/com/example/OrderController.java";
const text = "package com.example;\n\npublic class OrderController {\n}\n";
const maven = ["/p/pom.xml", "/p/src/main/resources/application.yml", path];
const gradle = ["/p/build.gradle", "/p/src/main/resources/application.properties", path];

function plan(change: Partial<PlanRequest>, files: readonly string[] = maven) {
  return planFiles({
    code: "void a() {}",
    rest: [],
    path,
    text,
    start: 53,
    end: 53,
    layout: { directory, files },
    ...change,
  });
}

describe("configuration", () => {
  test("properties go into the YAML that the project has, as YAML", () => {
    expect(
      plan({ rest: [{ language: "properties", text: "# a\nserver.port=1\nserver.a.b=x: y" }] }).files,
    ).toEqual([{ path: maven[1], isNew: false, code: 'server:\n  port: 1\n  a:\n    b: "x: y"' }]);
  });

  test("YAML goes into the properties that the project has, as properties", () => {
    expect(
      plan({ rest: [{ language: "yaml", text: "server:\n  port: 1\n  list:\n  - a\n  - b" }] }, gradle).files,
    ).toEqual([{ path: gradle[1], isNew: false, code: "server.port=1\nserver.list[0]=a\nserver.list[1]=b" }]);
  });

  test("a project without configuration gets the file as the answer has it", () => {
    expect(plan({ rest: [{ language: "properties", text: "a=1" }] }, [path]).files).toEqual([
      { path: "/p/src/main/resources/application.properties", isNew: true, code: "a=1" },
    ]);
  });

  test("a profile's own file is named", () => {
    const rest = [{ language: "yaml", name: "application-dev.yml", text: "a: 1" }];
    expect(plan({ rest }).files.map((file) => file.path)).toEqual([
      "/p/src/main/resources/application-dev.yml",
    ]);
  });

  test("YAML of another tool is for no file", () => {
    expect(plan({ rest: [{ language: "yaml", text: "services:\n  db: {}" }] })).toMatchObject({
      files: [],
      left: ["yaml"],
    });
  });
});

describe("dependencies", () => {
  const xml =
    "<dependency>\n<groupId>g</groupId>\n<artifactId>a</artifactId>\n<scope>test</scope>\n</dependency>";

  test("a pom's go into the pom", () => {
    expect(plan({ rest: [{ language: "xml", text: xml }] }).files).toEqual([
      { path: "/p/pom.xml", isNew: false, code: xml },
    ]);
  });

  test("a pom's go into a Gradle script in Gradle's words, in the language of the script", () => {
    expect(plan({ rest: [{ language: "xml", text: xml }] }, gradle).files[0]?.code).toBe(
      "testImplementation 'g:a'",
    );
    const script = "/p/build.gradle.kts";
    expect(plan({ rest: [{ language: "groovy", text: "implementation 'g:a:1'" }] }, [script]).files).toEqual([
      { path: script, isNew: false, code: 'implementation("g:a:1")' },
    ]);
  });

  test("Gradle's go into a pom as XML", () => {
    expect(
      plan({ rest: [{ language: "groovy", text: "dependencies {\n  runtimeOnly 'g:a:1'\n}" }] }).files[0]
        ?.code,
    ).toBe(
      "<dependency>\n    <groupId>g</groupId>\n    <artifactId>a</artifactId>\n    <version>1</version>\n    <scope>runtime</scope>\n</dependency>",
    );
  });
});

describe("types", () => {
  test("a public type at the outermost level is a file of its own, with the imports that it uses", () => {
    const code = "import a.A;\nimport b.B;\n\npublic class Order {\n    A a;\n}";
    expect(plan({ code, start: text.length, end: text.length })).toEqual({
      code: "",
      files: [
        {
          path: "/p/src/main/java/com/example/Order.java",
          isNew: true,
          code: "import a.A;\n\npublic class Order {\n    A a;\n}",
        },
      ],
      left: [],
    });
  });

  test("inside of a type it stays there", () => {
    const code = "public static class Order {\n}";
    expect(plan({ code })).toMatchObject({ code, files: [] });
  });

  test("a named block goes where its package is, into the folder of tests when it is one", () => {
    const rest = [
      { language: "java", name: "Order.java", text: "package com.example.model;\n\nclass Order {}" },
      { language: "java", name: "OrderTests.java", text: "package com.example;\n\nclass OrderTests {}" },
    ];
    expect(plan({ rest }).files.map((file) => file.path)).toEqual([
      "/p/src/main/java/com/example/model/Order.java",
      "/p/src/test/java/com/example/OrderTests.java",
    ]);
  });

  test("a block without a name is taken only when the code needs its type", () => {
    const rest = [
      { language: "java", text: "record Order(long id) {}" },
      { language: "java", text: "class Demo {}" },
    ];
    expect(plan({ code: "Order get() { return null; }", rest })).toMatchObject({
      files: [{ path: "/p/src/main/java/com/example/Order.java" }],
      left: ["java"],
    });
  });
});

test.each([
  "../other/App.java",
  "/etc/App.java",
  ".git/config.json",
  "src/../../x.sql",
  ".vscode/settings.json",
])("nothing is written to %s", (name) => {
  const language = name.endsWith(".java") ? "java" : "json";
  const { files } = plan({ rest: [{ language, name, text: "class App {}" }] });
  expect(files.filter((file) => !file.path.startsWith("/p/src/main/java/com/example/App.java"))).toEqual([]);
});

test("without a project everything is for the one file", () => {
  const { layout, ...request } = {
    code: "a",
    rest: [{ language: "yaml", text: "a: 1" }],
    path,
    text,
    start: 0,
    end: 0,
    layout: undefined,
  };
  expect(layout).toBeUndefined();
  expect(planFiles(request)).toEqual({ code: "a", files: [], left: ["yaml"] });
});
