import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findDocuments } from "../../../src/adapters/readers/walk";
import { documents, failure, never } from "./fixture";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "docwright-walk-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(...names: string[]): Promise<void> {
  for (const name of names) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), "x");
  }
}

test("documents of a folder and its folders, sorted; hidden, installed and accompanying files are skipped", async () => {
  await put(
    "b.md",
    "a/z.html",
    "a/c.pdf",
    ".git/x.md",
    "node_modules/p/README.md",
    "site.css",
    "logo.png",
    "talk.pptx",
  );
  const found = await findDocuments(folder, never);
  expect(found.files.map(({ path }) => relative(folder, path))).toEqual([
    join("a", "c.pdf"),
    join("a", "z.html"),
    "b.md",
  ]);
  expect(found.files.every(({ root }) => root === folder)).toBe(true);
  expect(found.passedOver).toEqual([
    { path: join(folder, "talk.pptx"), why: "not a kind of document that is read" },
  ]);
});

test("a file is itself, whatever its extension, with its own folder as root", async () => {
  await put("guide.unknown");
  expect((await findDocuments(join(folder, "guide.unknown"), never)).files).toEqual([
    { path: join(folder, "guide.unknown"), root: folder },
  ]);
});

test("links that lead in a circle or nowhere end", async () => {
  await put("docs/a.md");
  await symlink(folder, join(folder, "docs", "again"), "dir");
  await symlink(join(folder, "gone.md"), join(folder, "lost.md"), "file");
  const found = await findDocuments(folder, never);
  expect(found.files.map(({ path }) => relative(folder, path))).toEqual([join("docs", "a.md")]);
  expect(found.passedOver.map(({ why }) => why)).toEqual(["the link leads nowhere"]);
});

test("what is not there, and what holds nothing, is said", async () => {
  expect(await failure(findDocuments(join(folder, "nowhere"), never))).toMatchObject({ kind: "not-found" });
  expect(await failure(findDocuments(join(documents, "no-documents"), never))).toMatchObject({
    kind: "no-documents",
  });
});
