import { expect, test } from "vitest";
import { bomText } from "../../../scripts/tools/sbom.mjs";

const notice = (name: string, version: string, licence = "MIT") => ({ name, version, licence, text: "" });
const notices = [
  notice("one", "1.0.0"),
  notice("@scope/two", "2.0.0", "(MIT OR Apache-2.0)"),
  notice("one", "1.0.0"),
  notice("one", "3.0.0"),
];

interface Bom {
  readonly specVersion: string;
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly {
    readonly type: string;
    readonly name: string;
    readonly purl?: string;
    readonly licenses: readonly unknown[];
  }[];
}

test("each package is told once a version, with its package URL and licence, and the model beside them", () => {
  const bom = JSON.parse(bomText(notices)) as Bom;
  expect(bom.specVersion).toBe("1.6");
  expect(bom.metadata.component.name).toBe("docwright");
  expect(bom.components.map(({ type, name, purl = name }) => `${type} ${purl}`).sort()).toEqual([
    "library pkg:npm/%40scope/two@2.0.0",
    "library pkg:npm/one@1.0.0",
    "library pkg:npm/one@3.0.0",
    "machine-learning-model all-minilm-l6-v2",
  ]);
  expect(bom.components.find(({ name }) => name === "@scope/two")?.licenses).toEqual([
    { expression: "(MIT OR Apache-2.0)" },
  ]);
});

test("two of one build are the same", () => {
  expect(bomText(notices)).toBe(bomText(notices));
});
