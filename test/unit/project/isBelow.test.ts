import path from "node:path";
import { describe, expect, test } from "vitest";
import { isBelow } from "../../../src/core/project/isBelow";

describe("below the folder", () => {
  test.each([
    ["/work/app", "/work/app/src/A.java", true],
    ["/work/app", "/work/app/..hidden/A.java", true],
    ["/work/app", "/work/app", false],
    ["/work/app", "/work/other/A.java", false],
    ["/work/app", "/work/application/A.java", false],
    ["/work/app", "/work", false],
  ])("%s: %s", (folder, file, expected) => {
    expect(isBelow(path.posix.relative(folder, file))).toBe(expected);
  });

  test.each([
    ["C:\\work\\app", "C:\\work\\app\\src\\A.java", true],
    ["C:\\work\\app", "C:\\work\\other\\A.java", false],
    ["C:\\work\\app", "D:\\work\\app\\A.java", false],
  ])("%s: %s", (folder, file, expected) => {
    expect(isBelow(path.win32.relative(folder, file))).toBe(expected);
  });
});
