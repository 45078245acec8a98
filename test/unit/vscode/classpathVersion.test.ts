import { describe, expect, test } from "vitest";
import { createClasspathVersion, type ForeignCommands } from "../../../src/vscode/classpathVersion";

const never = new AbortController().signal;
const file = "file:///work/shop/orders/src/main/java/Order.java";
const jar = (version: string) =>
  `/m2/org/springframework/boot/spring-boot/${version}/spring-boot-${version}.jar`;
const starter = "/m2/org/springframework/boot/spring-boot-starter/3.0.0/spring-boot-starter-3.0.0.jar";
const sts = "sts/spring-boot/executableBootProjects";
const java = "java.execute.workspaceCommand";

interface Registry extends ForeignCommands {
  readonly ran: (readonly unknown[])[];
}

function registry(answers: Readonly<Record<string, () => unknown>>): Registry {
  const ran: (readonly unknown[])[] = [];
  return {
    ran,
    names: () => Promise.resolve(["editor.action.rename", ...Object.keys(answers)]),
    run: async (name, ...values) => {
      ran.push([name, ...values]);
      return Promise.resolve(answers[name]?.());
    },
  };
}
const project = (uri: string, version: string) => ({ name: "p", uri, classpath: [starter, jar(version)] });

describe("the version on the class path of a file's module", () => {
  test.each<[string, Readonly<Record<string, () => unknown>>, string | undefined]>([
    ["nobody's", {}, undefined],
    ["the Java extension's", { [java]: () => ({ classpaths: [starter, jar("3.2.7")] }) }, "3.2.7"],
    ["that of a module path", { [java]: () => ({ classpaths: [], modulepaths: [jar("3.4.1")] }) }, "3.4.1"],
    [
      "a Windows path's",
      { [java]: () => ({ classpaths: [String.raw`C:\m2\spring-boot-2.7.18.jar`] }) },
      "2.7.18",
    ],
    ["an old release's", { [java]: () => ({ classpaths: ["/m/spring-boot-2.1.0.RELEASE.jar"] }) }, "2.1.0"],
    [
      "a snapshot's",
      { [java]: () => ({ classpaths: ["/m/spring-boot-4.0.0-SNAPSHOT.jar"] }) },
      "4.0.0-SNAPSHOT",
    ],
    [
      "Spring Tools' innermost project's",
      {
        [sts]: () => [
          project("file:///work/shop/", "3.1.0"),
          project("file:/work/shop/orders", "3.2.9"),
          project("file:///work/shop/orders-old", "2.7.0"),
        ],
        [java]: () => ({ classpaths: [jar("3.0.0")] }),
      },
      "3.2.9",
    ],
    [
      "the Java extension's where Spring Tools know another project",
      {
        [sts]: () => [project("file:///elsewhere", "3.1.0")],
        [java]: () => ({ classpaths: [jar("3.2.7")] }),
      },
      "3.2.7",
    ],
    ["nobody's without Spring Boot", { [java]: () => ({ classpaths: [starter] }) }, undefined],
    ["nobody's from what is no class path", { [sts]: () => ({ uri: 1 }), [java]: () => "later" }, undefined],
    [
      "the Java extension's when Spring Tools fail",
      {
        [sts]: () => {
          throw new Error("starting");
        },
        [java]: () => ({ classpaths: [jar("3.2.7")] }),
      },
      "3.2.7",
    ],
  ])("is %s", async (_name, answers, version) => {
    const found = await createClasspathVersion({ commands: registry(answers) }).of(file, never);
    expect(found?.springBootVersion).toBe(version);
  });

  test("is asked with the file's address and the class path that runs", async () => {
    const commands = registry({ [java]: () => ({ classpaths: [jar("3.2.7")] }) });
    const source = "Language Support for Java";
    expect(await createClasspathVersion({ commands }).of(file, never)).toEqual({
      springBootVersion: "3.2.7",
      from: source,
      classpath: { source, main: [jar("3.2.7")], test: [jar("3.2.7")] },
    });
    expect(commands.ran).toEqual(
      ["runtime", "test"].map((scope) => [
        java,
        "java.project.getClasspaths",
        file,
        JSON.stringify({ scope }),
      ]),
    );
  });

  test("is that of Spring Tools with what the Java extension says of tests", async () => {
    const answers = {
      [sts]: () => [project("file:///work/shop/orders", "3.2.9")],
      [java]: () => ({ classpaths: [jar("3.2.7"), "/m2/junit-5.10.1.jar"] }),
    };
    const found = await createClasspathVersion({ commands: registry(answers) }).of(file, never);
    expect(found).toEqual({
      springBootVersion: "3.2.9",
      from: "Spring Tools",
      classpath: {
        source: "Spring Tools",
        main: [starter, jar("3.2.9")],
        test: [jar("3.2.7"), "/m2/junit-5.10.1.jar"],
      },
    });
  });

  test("is not waited for longer than the patience, nor asked again meanwhile; what came late is kept", async () => {
    const tell: ((value: unknown) => void)[] = [];
    const commands = registry({ [java]: () => new Promise((resolve) => tell.push(resolve)) });
    const classpath = createClasspathVersion({ commands, patience: 5 });
    expect(await classpath.of(file, never)).toBeUndefined();
    expect(await classpath.of(file, never)).toBeUndefined();
    expect(commands.ran).toHaveLength(2); // main code and tests
    for (const each of tell) each({ classpaths: [jar("3.2.7")] });
    expect((await classpath.of(file, never))?.springBootVersion).toBe("3.2.7");
    expect(commands.ran).toHaveLength(2); // main code and tests
  });

  test("is asked for anew after a while, and for each folder", async () => {
    let time = 0;
    const commands = registry({ [java]: () => ({ classpaths: [jar("3.2.7")] }) });
    const classpath = createClasspathVersion({ commands, now: () => time });
    await classpath.of(file, never);
    await classpath.of(file.replace("Order", "Other"), never);
    expect(commands.ran).toHaveLength(2); // main code and tests
    time = 11_000;
    await classpath.of(file, never);
    await classpath.of("file:///work/shop/stock/pom.xml", never);
    expect(commands.ran).toHaveLength(6);
  });

  test("is left by who cancels", async () => {
    const controller = new AbortController();
    const commands = registry({ [java]: () => new Promise(() => undefined) });
    const asking = createClasspathVersion({ commands, patience: 20 }).of(file, controller.signal);
    controller.abort();
    await expect(asking).rejects.toMatchObject({ name: "AbortError" });
  });
});
