/** What stands around generating and chatting: walkthrough, models, menu, documents, doctor. */
import { afterAll, afterEach, beforeAll, test } from "vitest";
import type { RecordedModel } from "../e2e/recordedOllama";
import { startGallery, type Gallery } from "./gallery";

const models: readonly RecordedModel[] = [
  {
    name: "qwen2.5-coder:7b",
    ...{ bytes: 4.7e9, parameters: "7.6B", quantisation: "Q4_K_M", family: "qwen2", contextTokens: 32_768 },
  },
  {
    name: "mixtral:latest",
    ...{ bytes: 26e9, parameters: "46.7B", quantisation: "Q4_0", family: "llama", contextTokens: 32_768 },
  },
  {
    name: "codellama:7b",
    ...{ bytes: 3.8e9, parameters: "6.7B", quantisation: "Q4_0", family: "llama", contextTokens: 16_384 },
  },
];

let gallery: Gallery;

beforeAll(async () => {
  gallery = await startGallery("around", { models });
});

afterEach((context) => gallery.failed(context));

afterAll(() => gallery.close());

const page = () => gallery.editor.page;
const escape = () => page().keyboard.press("Escape");

test("walkthrough", async () => {
  await gallery.editor.openFile("OrderService.java");
  await gallery.editor.palette("Docwright: Get started");
  await page().locator(".getting-started-step").first().waitFor({ timeout: 60_000 });
  await gallery.show("walkthrough");
  await page().keyboard.press("Control+w");
});

test("menu", async () => {
  await gallery.editor.openFile("OrderService.java");
  const item = page().locator(".statusbar-item", { hasText: "Boot 3.2.12" });
  await item.waitFor({ timeout: 60_000 });
  await item.hover();
  await page().locator(".monaco-hover", { hasText: "Spring Boot 3.2.12" }).waitFor();
  await gallery.show("status");
  await item.click();
  await gallery.quick.row("Doctor").waitFor();
  await gallery.show("menu");
  await escape();
});

test("models", async () => {
  await gallery.editor.palette("Docwright: Choose model");
  await gallery.quick.row("qwen2.5-coder:7b").waitFor({ timeout: 60_000 });
  await gallery.show("models");
  await escape();
});

test("version", async () => {
  await gallery.editor.palette("Docwright: Choose Spring Boot version");
  await gallery.quick.row("Another version").waitFor({ timeout: 60_000 });
  await gallery.show("version");
  await escape();
});

test("documents", async () => {
  await gallery.editor.palette("Docwright: Focus on Reference docs View");
  await page().locator(".pane-body .monaco-list-row", { hasText: "guide" }).first().waitFor();
  await gallery.show("documents");
  await gallery.editor.palette("Docwright: Index reference docs");
  await gallery.quick.row("An address…").waitFor();
  await gallery.show("index");
  await escape();
});

test("doctor", async () => {
  await gallery.editor.palette("Docwright: Doctor");
  await page().locator(".tab.active", { hasText: "octor" }).waitFor({ timeout: 120_000 });
  await gallery.show("doctor");
});

test("settings", async () => {
  await gallery.editor.palette("Preferences: Open Settings (UI)");
  const search = page().locator(".settings-editor .suggest-input-container .view-lines");
  await search.waitFor();
  await search.click();
  await page().keyboard.type("docwright");
  await page()
    .locator(".setting-item", { hasText: "docwright" })
    .or(page().locator(".setting-item"))
    .first()
    .waitFor();
  await gallery.show("settings");
});
