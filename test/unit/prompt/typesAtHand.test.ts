import { expect, test } from "vitest";
import { ownSymbols, symbolsAtHand, typesText } from "../../../src/core/prompt/typesAtHand";

const words = (text: string) => text.split(/\s+/).length;

test("the person's names come first, then those of the passages' samples, each once", () => {
  const symbols = symbolsAtHand({
    instruction: "Replace the RestTemplate by a `Widget` with @Retryable. Use PostgreSQL.",
    selection: {
      text: "RestTemplate template;",
      before: "import java.util.List;\nclass Shop {",
      after: "}",
    },
    passages: [
      {
        text: "Web > Clients\n\nThe Prose is not code.\n\n```java\nimport org.example.SslBundles;\nRestClient client = RestClient.create();\n```",
      },
    ],
  });
  expect(symbols).toEqual([
    "RestTemplate",
    "Widget",
    "Retryable",
    "PostgreSQL",
    "Shop",
    "SslBundles",
    "RestClient",
  ]);
});

test("in a passage without marked code only what looks like a type counts", () => {
  const passages = [{ text: "A bean of RestClientCustomizer is applied. When it is there, Fine." }];
  expect(symbolsAtHand({ instruction: "", passages })).toEqual(["RestClientCustomizer"]);
});

test("the code rests on its imports and annotations, and not on what it declares", () => {
  const own = ownSymbols({
    instruction: "add @Timed",
    selection: {
      before: "import org.example.Gone;\nimport static org.example.Other.of;\n@interface Mine {}\n",
      text: "@Mine @Entity class Shop { Elsewhere x; }",
      after: "",
    },
    passages: [],
  });
  expect(own).toEqual(["Timed", "Entity", "Gone"]);
});

const types = [
  { name: "org.example.RestClient", isAnnotation: false, methods: ["get", "post"] },
  { name: "org.example.Timed", isAnnotation: true, methods: ["value"] },
  { name: "org.example.Marker", isAnnotation: false, methods: [] },
];

test("a line a type, with methods or attributes, and what is not there", () => {
  expect(typesText({ types, unknown: ["Gone"] }, 100, words)).toBe(
    [
      "Types on this project's class path, by the names to import them by:",
      "- org.example.RestClient (methods: get, post)",
      "- org.example.Timed (attributes: value)",
      "- org.example.Marker",
      "Not on this project's class path, do not use: Gone",
    ].join("\n"),
  );
});

test("what does not fit is left out, the last first", () => {
  const room = 26;
  const text = typesText({ types, unknown: [] }, room, words);
  expect(text).toContain("RestClient");
  expect(text).not.toContain("Marker");
  expect(words(text)).toBeLessThanOrEqual(room);
  expect(typesText({ types, unknown: ["Gone"] }, 3, words)).toBe("");
  expect(typesText({ types: [], unknown: [] }, 100, words)).toBe("");
});
