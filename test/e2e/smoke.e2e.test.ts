import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repositoryRoot } from "../../scripts/shared/repositoryRoot.mjs";
import { startEditor, type Editor } from "../support/editor";

const workspace = mkdtempSync(path.join(tmpdir(), "docwright-smoke-"));
let editor: Editor;

beforeAll(async () => {
  cpSync(path.join(repositoryRoot, "test", "fixtures", "sample-project"), workspace, { recursive: true });
  editor = await startEditor({ folder: workspace });
});

afterAll(async () => {
  await editor.close();
  rmSync(workspace, { recursive: true, force: true });
});

test("the packed extension is installed in the editor that opens the sample project", async () => {
  await editor.openFile("OrdersApplication.java");
  await expect.poll(() => editor.editorText()).toContain("package com.example.orders");
  await editor.palette("Extensions: Show Installed Extensions");
  await editor.page.locator(".extension-list-item .name", { hasText: "Docwright" }).waitFor();
  await editor.screenshot("smoke");
});
