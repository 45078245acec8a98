/** Build files are read in every folder that is opened: one that was made to hang or to fill the memory must do neither. */
import { expect, test } from "vitest";
import { parsePom } from "../../../src/core/project/mavenPom";

const pom = (inside: string, before = "") =>
  `<?xml version="1.0"?>${before}<project><groupId>a</groupId><artifactId>b</artifactId>${inside}</project>`;
const read = (text: string) => parsePom({ label: "pom.xml", text });

/** Each entity is ten of the one before it: the last would be a thousand million letters long. */
const laughs = `<!DOCTYPE project [<!ENTITY e0 "ha">${Array.from(
  { length: 9 },
  (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`,
).join("")}]>`;
const file = `<!DOCTYPE project [<!ENTITY secret SYSTEM "file:///etc/passwd">]>`;

test.each([
  ["entities within entities", pom("<version>&e9;</version>", laughs)],
  ["an entity that names a file", pom("<version>&secret;</version>", file)],
  ["elements without end", pom("<a>".repeat(100_000))],
  ["a value of many megabytes", pom(`<version>${"9".repeat(1_900_000)}</version>`)],
  [
    "dependencies by the ten thousand",
    pom(
      `<dependencies>${"<dependency><groupId>x</groupId><artifactId>y</artifactId></dependency>".repeat(20_000)}</dependencies>`,
    ),
  ],
])(
  "%s",
  (_, text) => {
    const version = read(text)?.version ?? "";
    expect(version).not.toContain("root:");
    expect(version.length).toBeLessThanOrEqual(2_000_000);
  },
  5_000,
);
