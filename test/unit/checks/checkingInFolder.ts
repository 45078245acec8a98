/** The whole check over a folder of its own, with the real compiler. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { buildCompilerJar } from "../../../scripts/tools/compilerJar.mjs";
import { createChecking, type Checking } from "../../../src/adapters/engine/checking";

export interface CheckingInFolder {
  readonly folder: string;
  readonly checking: () => Checking;
}

/** To be called once in a test file: it is there when the tests begin, and gone after them. */
export function checkingInFolder(name: string): CheckingInFolder {
  const folder = mkdtempSync(join(tmpdir(), `docwright-${name}-`));
  let checking: Checking | undefined;
  beforeAll(async () => {
    await buildCompilerJar();
    checking = createChecking({
      packageRoot: resolve(import.meta.dirname, "../../.."),
      defaultStore: join(folder, "store"),
    });
  }, 600_000);
  afterAll(() => {
    checking?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    checking: () => {
      if (!checking) throw new Error("the tests have not begun");
      return checking;
    },
  };
}
