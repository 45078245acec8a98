import { expect, test } from "vitest";
import { mergeMetadata, parseConfigurationMetadata } from "../../../src/core/metadata/configurationMetadata";
import { environmentName, squashedName, uniformName } from "../../../src/core/metadata/relaxedName";

const file = (content: object) => parseConfigurationMetadata(JSON.stringify(content));

test("a property keeps its type, default, description and deprecation", () => {
  const metadata = file({
    properties: [
      {
        name: "acme.retry",
        type: "java.lang.Integer",
        defaultValue: 3,
        description: "How often.",
        sourceType: "a.B",
      },
      {
        name: "acme.old",
        deprecated: true,
        deprecation: { level: "error", replacement: "acme.new", reason: "Moved." },
      },
      { name: "acme.older", deprecated: true },
      { name: "acme.plain", deprecation: null, description: null },
    ],
  });
  expect(metadata?.properties).toEqual([
    {
      name: "acme.retry",
      type: "java.lang.Integer",
      defaultValue: 3,
      description: "How often.",
      sourceType: "a.B",
    },
    { name: "acme.old", deprecation: { level: "error", replacement: "acme.new", reason: "Moved." } },
    { name: "acme.older", deprecation: { level: "warning" } },
    { name: "acme.plain" },
  ]);
});

test("hints keep values and providers", () => {
  const metadata = file({
    hints: [
      { name: "acme.mode", values: [{ value: "fast", description: "Quick." }, { value: "safe" }] },
      {
        name: "acme.names.keys",
        providers: [{ name: "handle-as", parameters: { target: "java.lang.Class" } }],
      },
    ],
  });
  expect(metadata?.hints).toEqual([
    {
      name: "acme.mode",
      values: [{ value: "fast", description: "Quick." }, { value: "safe" }],
      providers: [],
    },
    {
      name: "acme.names.keys",
      values: [],
      providers: [{ name: "handle-as", parameters: { target: "java.lang.Class" } }],
    },
  ]);
});

test("an entry that is not as it should be does not cost the others", () => {
  expect(file({ properties: [{ type: "int" }, 7, { name: "acme.kept" }] })?.properties).toEqual([
    { name: "acme.kept" },
  ]);
  expect(parseConfigurationMetadata("{")).toBeUndefined();
  expect(parseConfigurationMetadata("[]")).toBeUndefined();
});

test("what is written by hand fills in what the generated file leaves out", () => {
  const generated = file({ properties: [{ name: "acme.url", type: "java.net.URI" }] });
  const additional = file({
    properties: [
      { name: "acme.url", type: "java.lang.String", description: "Where." },
      { name: "acme.more" },
    ],
  });
  const merged = mergeMetadata([generated, additional].filter((part) => part !== undefined));
  expect(merged.properties).toEqual([
    { name: "acme.url", type: "java.net.URI", description: "Where." },
    { name: "acme.more" },
  ]);
});

test.each([
  ["spring.jpa.open-in-view"],
  ["spring.jpa.openInView"],
  ["spring.jpa.open_in_view"],
  ["spring.JPA.OPEN-IN-VIEW"],
])("%s is one property", (name) => {
  expect(uniformName(name)).toBe("spring.jpa.openinview");
  expect(squashedName(name)).toBe(squashedName("SPRING_JPA_OPENINVIEW"));
});

test("the environment's name of a property", () => {
  expect(environmentName("spring.jpa.open-in-view")).toBe("SPRING_JPA_OPENINVIEW");
  expect(environmentName("my.service[0].other")).toBe("MY_SERVICE_0_OTHER");
});
