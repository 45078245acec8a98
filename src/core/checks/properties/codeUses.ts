/** Properties named in Java and Kotlin code. It reads string literals and what stands around them; strings built at run time are not seen. */
import { withoutComments } from "../../generate/jvmSource";
import type { PropertyUse, UsesOf } from "./propertyUse";

export const codeUses: UsesOf = ({ text }) => {
  const code = withoutComments(text);
  return [...placeholders(code), ...inlinedProperties(code), ...prefixes(code), ...namedInCalls(code)];
};

const literal = `"((?:\\\\.|[^"\\\\\\n])*)"`;

/** `@Value("${server.port:8080}")`, Kotlin's escaped dollar too; defaults may hold placeholders of their own. */
function placeholders(code: string): readonly PropertyUse[] {
  const annotations = code.matchAll(
    /@(?:field:|param:|get:|set:)?Value\s*\(\s*(?:value\s*=\s*)?"((?:\\.|[^"\\\n])*)"/g,
  );
  return [...annotations].flatMap((match) => {
    const content = match[1] ?? "";
    const from = match.index + match[0].length - 1 - content.length;
    return [...content.matchAll(/\$\{\s*([\p{L}\p{N}_.[\]-]+)/gu)].map((placeholder): PropertyUse => {
      const name = placeholder[1] ?? "";
      const end = from + placeholder.index + placeholder[0].length;
      return { name, start: end - name.length, end, style: "code", isWhole: true };
    });
  });
}

/** `@TestPropertySource(properties = "a=b")`, `@SpringBootTest(properties = {"a=b", "c: d"})` and the test slices. */
function inlinedProperties(code: string): readonly PropertyUse[] {
  return [...code.matchAll(/@[\w.]+\s*\([^@;{]*?\bproperties\s*=\s*/g)].flatMap((match) => {
    const from = match.index + match[0].length;
    const list =
      /^(?:[{[](?:[^"{}[\]]|"(?:\\.|[^"\\\n])*")*[}\]]|"(?:\\.|[^"\\\n])*")/.exec(code.slice(from))?.[0] ??
      "";
    return [...list.matchAll(new RegExp(literal, "g"))].flatMap((entry): PropertyUse[] => {
      const content = entry[1] ?? "";
      const pair = /^(\s*)([^\s=:]+)(\s*[=:]\s*)(.*)$/.exec(content);
      if (!pair) return [];
      const [, before = "", name = "", between = "", value = ""] = pair;
      const start = from + entry.index + 1 + before.length;
      const valueStart = start + name.length + between.length;
      return [
        {
          name,
          start,
          end: start + name.length,
          value: { text: value, start: valueStart, end: valueStart + value.length },
          style: "code",
          isWhole: true,
        },
      ];
    });
  });
}

/** The prefix of a `@ConfigurationProperties` class or method. */
function prefixes(code: string): readonly PropertyUse[] {
  const pattern = new RegExp(
    `@ConfigurationProperties\\s*\\(\\s*(?:[^"()]*?\\b(?:prefix|value)\\s*=\\s*)?${literal}`,
    "g",
  );
  return [...code.matchAll(pattern)].map((match) => ({
    ...nameAt(match.index + match[0].length - 1, match[1] ?? ""),
    isPrefix: true,
  }));
}

/** `environment.getProperty("a.b")`, `registry.add("a.b", …)` of dynamic properties, `@ConditionalOnProperty(name = "a.b")` without a prefix. */
function namedInCalls(code: string): readonly PropertyUse[] {
  const calls = new RegExp(
    `\\b(?:env|environment|getEnvironment\\(\\))\\s*\\.\\s*(?:getProperty|getRequiredProperty|containsProperty)\\s*\\(\\s*${literal}`,
    "gi",
  );
  const dynamic = /DynamicPropertyRegistry\s+(\w+)|(\w+)\s*:\s*DynamicPropertyRegistry/.exec(code);
  const registry = dynamic?.[1] ?? dynamic?.[2];
  const added =
    registry === undefined
      ? []
      : code.matchAll(new RegExp(`\\b${registry}\\s*\\.\\s*add\\s*\\(\\s*${literal}`, "g"));
  const conditions = code.matchAll(
    new RegExp(
      `@ConditionalOnProperty\\s*\\(\\s*(?:(?:name|value)\\s*=\\s*)?${literal}\\s*[,)](?![^)]*\\bprefix\\s*=)`,
      "g",
    ),
  );
  return [
    ...[...code.matchAll(calls), ...added].map((match) =>
      nameAt(match.index + match[0].length - 1, match[1] ?? ""),
    ),
    ...[...conditions].map((match) => {
      const at = match[0].lastIndexOf('"');
      return { ...nameAt(match.index + at, match[1] ?? ""), isCondition: true };
    }),
  ];
}

const nameAt = (end: number, name: string): PropertyUse => ({
  name,
  start: end - name.length,
  end,
  style: "code",
  isWhole: true,
});
