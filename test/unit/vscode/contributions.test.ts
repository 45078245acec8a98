import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import manifest from "../../../package.json";
import texts from "../../../package.nls.json";
import { contributedCommands, innerCommands } from "../../../src/vscode/commandIds";

const root = join(import.meta.dirname, "..", "..", "..");
const { commands, keybindings, menus } = manifest.contributes;

test("package.json contributes exactly the commands of the list", () => {
  expect(commands.map(({ command }) => command).sort()).toEqual(
    contributedCommands.map((name) => `docwright.${name}`).sort(),
  );
});

test("no command is both contributed and inner", () => {
  expect(contributedCommands.filter((name) => (innerCommands as readonly string[]).includes(name))).toEqual(
    [],
  );
});

test("keys and menus name commands that there are", () => {
  const known = commands.map(({ command }) => command);
  const used = [...keybindings, ...Object.values(menus).flat()].map(({ command }) => command);
  expect(used.filter((command) => !known.includes(command))).toEqual([]);
});

test("Escape and Ctrl+Enter are taken in a pending change only", () => {
  for (const { key, when } of keybindings.filter(({ key }) => key === "escape" || key === "ctrl+enter")) {
    expect(`${key}: ${when}`).toContain("resourceScheme == docwright-pending");
  }
});

test("no project sets what names an address or a path", () => {
  const { properties } = manifest.contributes.configuration;
  const names = ["ollama.host", "store", "embeddings", "factsFile"] as const;
  expect(names.filter((name) => properties[`docwright.${name}`].scope !== "machine")).toEqual([]);
});

describe("texts", () => {
  const placeholders = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? "");

  test("every placeholder of package.json has a text", () => {
    expect(placeholders.filter((key) => !Object.hasOwn(texts, key))).toEqual([]);
  });

  test("every text is used", () => {
    expect(Object.keys(texts).filter((key) => !placeholders.includes(key))).toEqual([]);
  });
});

test("icons are there", () => {
  const { viewsContainers, views } = manifest.contributes;
  const icons = [
    manifest.icon,
    ...viewsContainers.activitybar.map(({ icon }) => icon),
    ...views.docwright.map(({ icon }) => icon),
    "media/added.svg",
    "media/removed.svg",
  ];
  expect(icons.filter((icon) => !existsSync(join(root, icon)))).toEqual([]);
});
