/** Which type a simple name means, by how the code uses it. */
import { expect, test } from "vitest";
import { fittingTypes, type TypeFacts } from "../../../src/core/checks/java/fittingTypes";

const type = (name: string, more: Partial<TypeFacts> = {}): TypeFacts => ({
  ...{ name, kind: "CLASS", isAbstract: false, typeParameters: 0, statics: [], constants: [], methods: [] },
  ...more,
});
const annotation = { kind: "ANNOTATION_TYPE", isAbstract: true };
const list = [
  type("java.util.List", {
    kind: "INTERFACE",
    isAbstract: true,
    typeParameters: 1,
    statics: ["of", "copyOf"],
  }),
  type("java.awt.List"),
  type("jakarta.validation.constraints.Email.List", annotation),
];
const boxes = [type("a.Box"), type("b.Box", { typeParameters: 1 })];
const service = [
  type("org.springframework.stereotype.Service", annotation),
  type("java.security.Provider.Service"),
];
const duration = [
  type("java.time.Duration", { statics: ["ofSeconds", "ZERO"] }),
  type("javax.xml.datatype.Duration", { isAbstract: true }),
];

test.each<[string, string, readonly TypeFacts[], readonly string[]]>([
  ["type arguments", "class A { List<String> all; }", list, ["java.util.List"]],
  ["arguments in arguments", "class A { List<Map<String, List<Long>>> all; }", list, ["java.util.List"]],
  ["a static member", "class A { Object all = List.of(); }", list, ["java.util.List"]],
  ["a constructor", "class A { Object all = new List(); }", list, ["java.awt.List"]],
  ["a diamond", "class A { List<String> all = new Box<>(); }", boxes, ["b.Box"]],
  ["an annotation", "@Service class A {}", service, ["org.springframework.stereotype.Service"]],
  ["no annotation", "class A { Service it; }", service, ["java.security.Provider.Service"]],
  [
    "a factory",
    'class A { Duration d = Duration.ofSeconds(1); } // "Duration.x"',
    duration,
    ["java.time.Duration"],
  ],
  ["nothing that tells them apart", "class A { Duration d; }", duration, duration.map(({ name }) => name)],
  [
    "what none has",
    "class A { Object d = Duration.ofYears(1); }",
    duration,
    duration.map(({ name }) => name),
  ],
])("%s", (_name, text, known, expected) => {
  const simple = known[0]?.name.replace(/.*\./, "") ?? "";
  const facts = new Map(known.map((each) => [each.name, each]));
  const names = known.map(({ name }) => name);
  expect(fittingTypes(simple, names, text, { facts, own: new Set() })).toEqual(expected);
});

test("types that are not public are none to import; the project's own always are", () => {
  const facts = new Map(duration.map((each) => [each.name, each]));
  const names = ["shop.Duration", "internal.Duration", ...duration.map(({ name }) => name)];
  const found = fittingTypes("Duration", names, "class A { Duration d; }", {
    facts,
    own: new Set(["shop.Duration"]),
  });
  expect(found).toEqual(["shop.Duration", ...duration.map(({ name }) => name)]);
});
