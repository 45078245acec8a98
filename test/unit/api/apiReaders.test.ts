/** Types read from javadoc pages and from sources: small ones written here, and the jars of a real artifact that Maven brings. */
import { execFileSync } from "node:child_process";
import { homedir } from "node:os";
import { beforeAll, expect, test } from "vitest";
import { createMavenFiles } from "../../../src/adapters/maven/artifactFiles";
import { localMavenRepository } from "../../../src/adapters/maven/localRepository";
import { readApiJar } from "../../../src/adapters/readers/api/apiJar";
import { readJavadocPage } from "../../../src/adapters/readers/api/javadocPage";
import { readJavaSource } from "../../../src/adapters/readers/api/javaSource";
import { apiSections } from "../../../src/core/api/apiSections";
import type { ApiType } from "../../../src/core/api/apiType";

const never = new AbortController().signal;

const source = `package org.acme.tea;

import java.util.List;

/**
 * Brews {@link Tea} in a {@code Map<Pot, Tea>} way; see {@link org.acme.Pot#pour(int) pouring}.
 * <p>Use it once:
 * <pre class="code">
 * Kettle kettle = Kettle.of(3);
 *   kettle.boil();
 * </pre>
 * @author nobody
 * @since 2.1
 */
@Named(types = { Kettle.class, List.class })
public sealed interface Kettle<T extends Number> permits Steel {

	/**
	 * Makes a kettle.
	 * @param litres how much it holds, at most {@value #MOST}
	 * @param names what it is called
	 * @return a kettle
	 * @throws IllegalArgumentException if it would leak
	 */
	@Nullable
	static <S extends Number> Kettle<S> of(@Positive final int litres, java.util.List<String>... names) {
		if (names instanceof Object[] all && all.length > 0) { return null; }
		return null;
	}

	/** The most it holds. */
	int MOST = 9;

	void boil();

	private void hidden() { }

	/**
	 * How hot.
	 * @deprecated since 2.2 in favor of {@link #boil()}
	 */
	@Deprecated
	enum Heat { /** Not yet. */ COLD, HOT; /** As a number. */ public int degrees() { return 1; } int inner; }

	/** Marks. */
	@interface Mark { /** Which. */ String value() default "x"; }
}

class NotShown { /** Nor this. */ public void method() { } }
`;

function named(types: readonly ApiType[], name: string): ApiType {
  const found = types.find((type) => type.name === name);
  if (!found) throw new Error(`no ${name} among ${types.map((type) => type.name).join(", ")}`);
  return found;
}

test("a source file gives its public types, members and comments", () => {
  const types = readJavaSource("org/acme/tea/Kettle.java", source);
  expect(types.map(({ name }) => name)).toEqual(["Kettle", "Kettle.Heat", "Kettle.Mark"]);
  const kettle = named(types, "Kettle");
  expect(kettle).toMatchObject({
    packageName: "org.acme.tea",
    place: "org/acme/tea/Kettle.java",
    signature:
      "@Named(types = { Kettle.class, List.class })\npublic sealed interface Kettle<T extends Number> permits Steel",
  });
  expect(kettle.description).toEqual([
    { kind: "prose", text: "Brews `Tea` in a `Map<Pot, Tea>` way; see `pouring`." },
    { kind: "prose", text: "Use it once:" },
    { kind: "code", language: "java", text: "Kettle kettle = Kettle.of(3);\n  kettle.boil();" },
    { kind: "list", text: "- Since: 2.1" },
  ]);
  expect(kettle.members.map(({ label }) => label)).toEqual(["of(int, List...)", "MOST", "boil()"]);
  expect(kettle.members[0]).toMatchObject({
    place: "org/acme/tea/Kettle.java#of(int, List...)",
    signature:
      "@Nullable\nstatic <S extends Number> Kettle<S> of(@Positive final int litres, java.util.List<String>... names)",
    description: [
      { kind: "prose", text: "Makes a kettle." },
      {
        kind: "list",
        text: "- Parameters: `litres` - how much it holds, at most `MOST`\n- Parameters: `names` - what it is called\n- Returns: a kettle\n- Throws: `IllegalArgumentException` - if it would leak",
      },
    ],
  });
  expect(named(types, "Kettle.Heat")).toMatchObject({
    place: "org/acme/tea/Kettle.java#Kettle.Heat",
    description: [
      { kind: "admonition", label: "Deprecated", text: "since 2.2 in favor of `boil()`" },
      { kind: "prose", text: "How hot." },
    ],
    members: [
      { label: "COLD", place: "org/acme/tea/Kettle.java#Heat.COLD" },
      { label: "HOT", description: [] },
      { label: "degrees()" },
    ],
  });
  expect(named(types, "Kettle.Mark").members).toMatchObject([
    { name: "value", description: [{ text: "Which." }] },
  ]);
});

test("pages of JDK 8 and of today say the same", () => {
  const old = `<html><body><div class="header"><div class="subTitle">org.acme</div><h2 title="Class Pot" class="title">Class Pot&lt;T&gt;</h2></div>
    <div class="contentContainer"><div class="description"><ul><li><pre>public class <span>Pot&lt;T&gt;</span>\nextends Object</pre><div class="block">Holds <code>tea</code>.</div></li></ul></div>
    <div class="summary"><h3>Method Summary</h3><div class="block">Pours.</div></div>
    <div class="details"><ul><li><h3>Method Detail</h3>
    <a name="pour-int-"><!-- --></a><ul class="blockList"><li class="blockList"><h4>pour</h4><pre>public&nbsp;void&nbsp;pour(int&nbsp;cups)</pre>
    <div class="block">Pours.</div><dl><dt><span class="paramLabel">Parameters:</span></dt><dd><code>cups</code> - how many</dd><dt>See Also:</dt><dd>nothing</dd></dl></li></ul></li></ul></div></div></body></html>`;
  const today = `<html><body><nav>Skip</nav><main><div class="header"><div class="sub-title"><span>Package</span>&nbsp;<a>org.acme</a></div><h1 class="title">Class Pot&lt;T&gt;</h1></div>
    <section class="class-description"><div class="type-signature"><span class="modifiers">public class </span><span>Pot&lt;T&gt;</span>\n<span>extends Object</span></div><div class="block">Holds <code>tea</code>.</div></section>
    <section class="summary"><div class="block">Pours.</div></section>
    <section class="details"><section class="detail" id="pour(int)"><h3>pour</h3><div class="member-signature"><span>public</span>&nbsp;<span>void</span>&nbsp;<span>pour</span><wbr>(int&nbsp;cups)</div>
    <div class="block">Pours.</div><dl class="notes"><dt>Parameters:</dt><dd><code>cups</code> - how many</dd><dt>See Also:</dt><dd>nothing</dd></dl></section></section></main></body></html>`;
  const read = [old, today].map((html) => readJavadocPage("org/acme/Pot.html", html));
  for (const [index, anchor] of ["pour-int-", "pour(int)"].entries()) {
    expect(read[index]).toEqual({
      name: "Pot",
      packageName: "org.acme",
      place: "org/acme/Pot.html",
      signature: "public class Pot<T> extends Object",
      description: [{ kind: "prose", text: "Holds `tea`." }],
      members: [
        {
          name: "pour",
          label: "pour(int)",
          place: `org/acme/Pot.html#${anchor}`,
          signature: "public void pour(int cups)",
          description: [
            { kind: "prose", text: "Pours." },
            { kind: "list", text: "- Parameters: `cups` - how many" },
          ],
        },
      ],
    });
  }
  expect(
    readJavadocPage("index.html", "<html><body><h1 class='title'>Package org.acme</h1></body></html>"),
  ).toBeUndefined();
});

test("the budget names every type and shares the room among their members", () => {
  const member = (name: string) => ({
    name,
    label: `${name}()`,
    place: name,
    signature: `void ${name}()`,
    description: [{ kind: "prose", text: "Says something." } as const],
  });
  const type = (name: string, count: number): ApiType => ({
    name,
    packageName: "p",
    place: name,
    signature: `class ${name}`,
    description: [],
    members: Array.from({ length: count }, (_, index) => member(`m${index}`)),
  });
  const { sections, leftOut } = apiSections([type("Large", 50), type("Small", 2)], {
    typeCharacters: 10_000,
    sections: 12,
  });
  const names = sections.map(({ headingPath }) => headingPath.at(-1) ?? "");
  expect(names.filter((name) => name.startsWith("Small"))).toEqual(["Small", "Small.m0()", "Small.m1()"]);
  expect(names.filter((name) => name.startsWith("Large"))).toHaveLength(9);
  expect(leftOut).toBe(42);
  expect(sections[0]?.blocks.at(-1)?.text).toContain("`m49()`");
  const short = apiSections([type("Large", 50)], { typeCharacters: 800, sections: 100 });
  expect(short.leftOut).toBeGreaterThan(0);
  expect(short.sections.length + short.leftOut).toBe(51);
});

const artifact = { group: "org.springframework.retry", artifact: "spring-retry", version: "2.0.10" };

async function jarOf(classifier: string): Promise<string> {
  const files = createMavenFiles(
    await localMavenRepository({ directory: homedir(), environment: process.env }, never),
  );
  const found = await files.find({ ...artifact, classifier }, never);
  if (found !== undefined) return found;
  const { group, artifact: name, version } = artifact;
  const get = [`-Dartifact=${group}:${name}:${version}:jar:${classifier}`, "-Dtransitive=false"];
  execFileSync("mvn", ["-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get", ...get], {
    shell: process.platform === "win32",
  });
  return (await files.find({ ...artifact, classifier }, never)) ?? "";
}

let jars: { readonly javadoc: string; readonly sources: string };
beforeAll(async () => {
  jars = { javadoc: await jarOf("javadoc"), sources: await jarOf("sources") };
}, 600_000);

test("of a real artifact, sources say what its javadoc says", async () => {
  const [javadoc, sources] = [await readApiJar(jars.javadoc, never), await readApiJar(jars.sources, never)];
  const byName = new Map(sources.map((type) => [`${type.packageName}.${type.name}`, type]));
  expect(javadoc.length).toBeGreaterThan(80);
  expect(javadoc.filter((type) => !byName.has(`${type.packageName}.${type.name}`))).toEqual([]);
  let [documented, alike] = [0, 0];
  for (const type of javadoc) {
    const own = new Map(
      byName.get(`${type.packageName}.${type.name}`)?.members.map((member) => [member.label, member]),
    );
    for (const member of type.members.filter(({ description }) => description.length > 0)) {
      documented++;
      if ((own.get(member.label)?.description.length ?? 0) > 0) alike++;
    }
  }
  // The doclet copies comments of overridden methods; in a source they are not there to copy.
  expect(documented).toBeGreaterThan(300);
  expect(alike / documented).toBeGreaterThan(0.75);
  const template = named(javadoc, "RetryTemplate");
  expect(template.packageName).toBe("org.springframework.retry.support");
  expect(
    template.members.find(({ label }) => label.startsWith("setThrowLastExceptionOnExhausted")),
  ).toMatchObject({
    place: "org/springframework/retry/support/RetryTemplate.html#setThrowLastExceptionOnExhausted(boolean)",
  });
});
