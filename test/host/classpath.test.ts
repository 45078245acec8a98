/** The version that an extension for Java knows of a file's module; the commands are those that such extensions register. */
import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as vscode from "vscode";
import { pieces, replayModel, startReplayServer, type ReplayServer } from "./support/replayServer";
import { cleanUp, configure, javaPath, pendingReady, run, until } from "./support/workspace";

/** The pom of the sample project names 3.2.12; that of a folder that was asked about is kept for a while, so each test has its own. */
const inPom = "Spring Boot 3.2.12";
const jar = (version: string) =>
  `/repository/org/springframework/boot/spring-boot/${version}/spring-boot-${version}.jar`;

describe("the Spring Boot version of a file's module", () => {
  let server: ReplayServer;
  let folder = 0;
  let registered: vscode.Disposable | undefined;

  before(async () => {
    server = await startReplayServer();
    server.answer = () => pieces("```java\nclass Answer { }\n```\n");
    await configure({ "ollama.host": server.url, model: replayModel });
  });
  afterEach(async () => {
    registered?.dispose();
    await cleanUp();
  });
  after(async () => {
    await rm(javaPath("classpath"), { recursive: true, force: true });
    await configure({ "ollama.host": undefined, model: undefined });
    await server.close();
  });

  /** What the model is told when code is generated in a new folder. */
  async function told(): Promise<string> {
    const path = javaPath(`classpath/f${++folder}/Tea.java`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, "class Tea {\n}\n");
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(path), { preview: false });
    const before = server.requests.length;
    await run("generate", "a method that pours");
    await pendingReady();
    const request = await until("the request", () => server.requests[before]);
    return request.messages.map(({ content }) => content).join("\n");
  }

  it("is the build file's without such an extension", async () => {
    assert.ok((await told()).includes(inPom));
  });

  it("is that of the class path which the Java extension's command gives", async () => {
    const asked: unknown[][] = [];
    registered = vscode.commands.registerCommand("java.execute.workspaceCommand", (...words: unknown[]) => {
      asked.push(words);
      return { projectRoot: "file:///orders", classpaths: [jar("3.2.7")], modulepaths: [] };
    });
    const prompt = await told();
    assert.ok(prompt.includes("Spring Boot 3.2.7"), prompt.slice(0, 500));
    assert.ok(!prompt.includes(inPom));
    assert.ok(
      asked.some(([name, uri]) => name === "java.project.getClasspaths" && String(uri).endsWith("Tea.java")),
    );
  });

  it("is the build file's when the command fails, or does not answer", async () => {
    registered = vscode.commands.registerCommand("java.execute.workspaceCommand", () => {
      throw new Error("the language server is starting");
    });
    assert.ok((await told()).includes(inPom));
    await cleanUp();
    registered.dispose();
    registered = vscode.commands.registerCommand(
      "java.execute.workspaceCommand",
      () => new Promise(() => undefined),
    );
    assert.ok((await told()).includes(inPom));
  });
});
