import { spawnSync } from "node:child_process";
import { afterEach, expect, test, vi } from "vitest";
import { javaUserHome } from "../../../src/adapters/maven/userHome";

afterEach(() => {
  vi.unstubAllEnvs();
});

test("is what Java says it is, whatever HOME is", () => {
  vi.stubEnv("HOME", "/nowhere");
  const { stderr } = spawnSync("java", ["-XshowSettings:properties", "-version"], { encoding: "utf8" });
  expect(javaUserHome()).toBe(/user\.home = (.*)/.exec(stderr)?.[1]);
});
