/** The guide's samples as they are offered: found whole in every section, and made to fit a file without becoming other code. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { adaptSample, sampleIn } from "../../../src/core/sample/adaptSample";
import { typesOf } from "../../../src/core/generate/jvmSource";
import { javaSample, readGuide } from "./guideSections";

const about = { title: "A sample", passageId: "guide:1" };

test("every section has its whole sample", () => {
  for (const section of readGuide()) {
    const found = sampleIn(readFileSync(section.file, "utf8"), about);
    expect(found?.java, section.name).toBe(javaSample(section).code.trimEnd());
    expect(found?.others.length, section.name).toBe(section.listings.length - 1);
  }
});

test("text without Java is no sample", () => {
  expect(sampleIn("Set it:\n\n```yaml\na: 1\n```\n", about)).toBeUndefined();
});

describe("adapting", () => {
  const java = `package com.example.mail;

import java.time.Duration;

/** Settings; "MailSettings" by name. */
public record MailSettings(Duration timeout) {

    static MailSettings usual() {
        return new MailSettings(Duration.ofSeconds(10));
    }
}`;
  const sample = { ...about, java, others: [] };

  test("package and name are the file's", () => {
    const { code, changes } = adaptSample(sample, { path: "/shop/src/main/java/shop/config/Mail.java" });
    expect(code).toContain("package shop.config;");
    expect(code).toContain("public record Mail(Duration timeout)");
    expect(code).toContain("return new Mail(Duration.ofSeconds(10));");
    expect(code).toContain('"MailSettings" by name');
    expect(changes).toHaveLength(2);
  });

  test("a file with types of its own keeps them: the sample's keep their names", () => {
    const text = "package shop;\n\nclass Mail {\n}\n";
    const { code } = adaptSample(sample, { path: "/shop/Mail.java", text });
    expect(code).toContain("package shop;");
    expect(code).toContain("record MailSettings(");
  });

  test("without a file nothing changes, and every sample stays what it is", () => {
    expect(adaptSample(sample, {})).toEqual({ code: java, changes: [] });
    for (const section of readGuide()) {
      const { code } = javaSample(section);
      const adapted = adaptSample({ ...sample, java: code }, { path: "src/main/java/shop/Other.java" }).code;
      expect(typesOf(adapted).length, section.name).toBe(typesOf(code).length);
      expect(adapted, section.name).toContain("package shop;");
    }
  });
});
