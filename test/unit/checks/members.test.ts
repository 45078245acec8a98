/** Members without the type that they belong to, with the real compiler: what is wrong in them is found, what their type has is not missed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildCompilerJar } from "../../../scripts/tools/compilerJar.mjs";
import { createChecking, type Checking } from "../../../src/adapters/engine/checking";
import { checkedBlocks, codePieces, piecesRequest } from "../../../src/core/checks/repair/codePieces";
import { guideClasspathFile } from "../guide/guideClasspath";

const folder = mkdtempSync(join(tmpdir(), "docwright-members-"));
let checking: Checking;

beforeAll(async () => {
  await buildCompilerJar();
  guideClasspathFile(); // its jars are in the local repository afterwards
  checking = createChecking({
    packageRoot: resolve(import.meta.dirname, "../../.."),
    defaultStore: folder,
  });
}, 600_000);
afterAll(() => {
  checking.close();
  rmSync(folder, { recursive: true, force: true });
});

test("fields, methods and supertypes of the type around them are not held against it", async () => {
  const text = `import java.util.concurrent.Executor;
import org.springframework.jdbc.core.simple.JdbcClient;

@Override
protected void configure(JdbcClient jdbc, String... names) {
    super.configure(names);
    this.orders.deleteAll();
    log.info(describe(names));
    executor.execute(this);
    Executor own = Runnable::run;
    own.execute(this);
    jdbc.query("select 1");
}`;
  const pieces = [codePieces({ language: "java", text }, folder, 0)];
  const request = piecesRequest(pieces, { springBootVersion: "3.2.12", offline: true, trusted: false });
  const report = await checking.check(request, () => undefined, new AbortController().signal);
  const found = checkedBlocks(pieces, report).flatMap(({ findings }) => findings);
  expect(found.map(({ rule, line }) => `${line} ${rule}`)).toEqual(["12 unknown-method"]);
}, 60_000);
