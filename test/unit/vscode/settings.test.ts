import { describe, expect, test } from "vitest";
import manifest from "../../../package.json";
import { modelChoice, readSettings, settingDefaults, type SettingKey } from "../../../src/vscode/settings";

const source = (values: Readonly<Partial<Record<SettingKey, unknown>>>) => ({
  get: (key: SettingKey) => values[key],
});

describe("package.json", () => {
  const declared = manifest.contributes.configuration.properties;

  test("declares exactly the settings that are read, with the same defaults", () => {
    const defaults = Object.fromEntries(
      Object.entries(declared).map(([key, { default: value }]) => [key.replace(/^docwright\./, ""), value]),
    );
    expect(defaults).toEqual(settingDefaults);
  });

  test.each(["docwright.ollama.host", "docwright.store", "docwright.embeddings"] as const)(
    "keeps %s, which names an address, a path or a server's model, out of a workspace's hands",
    (key) => expect(declared[key].scope).toBe("machine"),
  );

  test("ignores what an untrusted workspace says of the model", () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    const open = Object.entries(declared).filter(([, { scope }]) => scope !== "machine");
    expect([...restrictedConfigurations].sort()).toEqual(open.map(([key]) => key).sort());
  });

  test("has no key below another key, which VS Code would drop", () => {
    const keys = Object.keys(declared);
    for (const key of keys) expect(keys.filter((other) => other.startsWith(`${key}.`))).toEqual([]);
  });
});

test("defaults are complete settings without problems", () => {
  expect(readSettings(source({}))).toEqual({
    host: "http://127.0.0.1:11434",
    model: "mixtral",
    modelOptions: {},
    embeddings: "embedded",
    draftFirst: false,
    confidence: "off",
    confidenceThreshold: 0.95,
    checks: "repair",
    keepMarks: false,
    confidenceSamples: 0,
    keepLabels: false,
    problems: [],
  });
});

test.each([
  ["http://127.0.0.1:11434/", "http://127.0.0.1:11434"],
  ["big-machine", "http://big-machine:11434"],
  ["192.168.0.7:8080", "http://192.168.0.7:8080"],
  ["https://models.example.org", "https://models.example.org"],
  [" http://[::1]:11434 ", "http://[::1]:11434"],
])("the address %j is read as %s", (written, host) => {
  expect(readSettings(source({ "ollama.host": written }))).toMatchObject({ host, problems: [] });
});

test.each<[SettingKey, unknown]>([
  ["retrieval.draftFirst", "yes"],
  ["ollama.host", "ftp://somewhere"],
  ["ollama.host", "two words"],
  ["ollama.host", "http://user@host/path"],
  ["model", 7],
  ["contextTokens", -1],
  ["contextTokens", 100],
  ["contextTokens", "4096"],
  ["modelOptions", { temperature: "warm" }],
  ["modelOptions", [1]],
  ["store", true],
  ["checks", "always"],
])("%s = %j is refused, named and replaced by the default", (key, value) => {
  const { problems, ...settings } = readSettings(source({ [key]: value }));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`docwright.${key}`);
  expect({ ...settings, problems: [] }).toEqual(readSettings(source({})));
});

test("a request takes host, model, window and options along, and another seed for another answer", () => {
  const settings = readSettings(
    source({ model: "m", contextTokens: 8192, modelOptions: { temperature: 0, seed: 1 } }),
  );
  expect(modelChoice(settings, 5)).toEqual({
    host: "http://127.0.0.1:11434",
    model: "m",
    contextTokens: 8192,
    options: { temperature: 0, seed: 5 },
  });
  expect(modelChoice(readSettings(source({})))).toEqual({ host: "http://127.0.0.1:11434", model: "mixtral" });
});
