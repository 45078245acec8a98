/** The view "Reference docs" as a person uses it: what its rows say, and what can be done with them. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repositoryRoot } from "../../scripts/shared/repositoryRoot.mjs";
import { startEditor, type Editor } from "../support/editor";
import { markdown } from "../unit/indexing/smallDocuments";
import { sampleFolders } from "./chatPage";
import { startDocumentServer, type DocumentServer } from "./documentServer";
import { quickInput } from "./quickInput";

const folders = sampleFolders("sources");
const documents = path.join(folders.workspace, "handbook");
let site: DocumentServer;
let editor: Editor;

/** What a version of the team's own guide says; the second edition changes a sentence. */
const edition = (port: string) =>
  `# Kettle guide\n\n## Listening\n\nThe kettle listens on port ${port}. It boils at once.\n\n## Stopping\n\nIt stops when the water boils.\n\n## Cups\n\nThree cups fit beside it.\n`;

beforeAll(async () => {
  mkdirSync(documents);
  writeFileSync(path.join(documents, "first.md"), edition("80"));
  writeFileSync(path.join(documents, "second.md"), edition("8080"));
  writeFileSync(path.join(documents, "notes.md"), markdown("Team notes", 3, 4));
  for (const [file, version] of [
    ["first.md", "3.2.1"],
    ["second.md", "3.2.12"],
  ] as const) {
    const words = [
      "index",
      path.join(documents, file),
      "--spring-boot",
      version,
      "--name",
      `Kettle ${version}`,
    ];
    const { status, stderr } = spawnSync(
      process.execPath,
      [path.join(repositoryRoot, "dist", "cli.cjs"), ...words],
      { encoding: "utf8", env: { ...process.env, ...folders.env } },
    );
    expect(status, stderr).toBe(0);
  }
  site = await startDocumentServer({ "long.md": markdown("Long handbook", 4, 400) });
  editor = await startEditor({ folder: folders.workspace, env: folders.env });
});

afterAll(async () => {
  await editor.close();
  site.close();
  folders.remove();
});

const row = (text: string | RegExp) =>
  editor.page.locator(".pane-body .monaco-list-row[aria-level='1']", { hasText: text }).first();
const input = () => quickInput(editor);

test("its rows say name, version, state and counts", async () => {
  await editor.palette("View: Show Docwright");
  await row("Kettle 3.2.12").waitFor({ timeout: 60_000 });
  expect(await row("Kettle 3.2.12").innerText()).toMatch(/3\.2\.12 · ready · 3\/3 · \d+ kB/);
  expect(await row(/field guide/i).innerText()).toMatch(/3\.2 · ready · (\d+)\/\1/);
  await row("Kettle 3.2.12").click();
  await editor.page.keyboard.press("ArrowRight");
  const detail = editor.page.locator(".pane-body .monaco-list-row[aria-level='2']", { hasText: "Format" });
  await detail.waitFor();
  await editor.screenshot("sources-rows");
  await editor.page.keyboard.press("ArrowLeft");
});

test("a file is added, its change is seen, and it is brought up to date", async () => {
  await editor.palette("Docwright: Index reference docs");
  await input().row("Files…").click();
  // The dialog's own box comes with the folder that it starts from.
  await expect.poll(() => input().box.inputValue(), { timeout: 30_000 }).toMatch(/^\//);
  await input().box.fill(path.join(documents, "notes.md"));
  // The dialog looks into the folder before it takes an answer, and passes over one that comes too early.
  await input().row("second.md").waitFor();
  const ok = editor.page.locator(".quick-input-widget .monaco-button", { hasText: "Index" });
  await expect
    .poll(
      async () => {
        await ok.click({ timeout: 2_000 }).catch(() => undefined);
        return input()
          .title("2 of 3")
          .waitFor({ timeout: 3_000 })
          .then(
            () => "asked",
            () => "not yet",
          );
      },
      { timeout: 30_000 },
    )
    .toBe("asked");
  for (const step of ["2 of 3", "3 of 3"]) {
    await input().title(step).waitFor();
    await editor.page.keyboard.press("Enter");
  }
  await row("Team notes").waitFor({ timeout: 60_000 });
  await expect.poll(() => row("Team notes").innerText()).toContain("ready · 4/4");
  writeFileSync(path.join(documents, "notes.md"), markdown("Team notes", 5, 5));
  // An answer of the last two seconds stands.
  const refreshed = async () => {
    await editor.palette("Docwright: Refresh reference docs");
    return row("Team notes").innerText();
  };
  await expect.poll(refreshed, { timeout: 30_000, interval: 1_000 }).toContain("out of date");
  await editor.screenshot("sources-stale");
  await row("Team notes").click();
  await editor.page.keyboard.press("F5");
  await expect.poll(() => row("Team notes").innerText(), { timeout: 60_000 }).toContain("ready · 5/5");
});

test("indexing is paused and forgotten from its row", async () => {
  await input().indexAddress(site.address("long.md"));
  const job = row("long.md").or(row("Long handbook"));
  await job.first().waitFor({ timeout: 60_000 });
  await job.first().hover();
  await job
    .first()
    .getByRole("button", { name: /Pause indexing/ })
    .click();
  await expect.poll(() => job.first().innerText(), { timeout: 60_000 }).toContain("paused");
  await editor.screenshot("sources-paused");
});

test("what changed between two versions is shown side by side", async () => {
  await editor.palette("Docwright: What changed between versions");
  await input().title("Spring Boot 3.2.1 → 3.2.12").waitFor();
  await editor.page.keyboard.press("Enter");
  await editor.page.locator(".tab.active", { hasText: "1 section" }).waitFor({ timeout: 60_000 });
  const shown = editor.page.locator(".editor-group-container.active");
  await expect.poll(() => shown.innerText()).toContain("8080");
  await editor.screenshot("sources-changes");
});

test("a set is removed after a question", async () => {
  await row("Team notes").click();
  await editor.page.keyboard.press("Delete");
  await editor.page.locator(".monaco-dialog-box .monaco-button", { hasText: "Remove" }).click();
  await row("Team notes").waitFor({ state: "detached", timeout: 30_000 });
});
