/** Members without the type that they belong to, with the real compiler: what is wrong in them is found, what their type has is not missed. */
import { beforeAll, expect, test } from "vitest";
import { checkedBlocks, codePieces, piecesRequest } from "../../../src/core/checks/repair/codePieces";
import { guideClasspathFile } from "../guide/guideClasspath";
import { checkingInFolder } from "./checkingInFolder";

const { folder, checking } = checkingInFolder("members");

beforeAll(() => {
  guideClasspathFile(); // its jars are in the local repository afterwards
}, 600_000);

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
  const report = await checking().check(request, () => undefined, new AbortController().signal);
  const found = checkedBlocks(pieces, report).flatMap(({ findings }) => findings);
  expect(found.map(({ rule, line }) => `${line} ${rule}`)).toEqual(["12 unknown-method"]);
}, 60_000);
