/** Configuration properties as sections: one each, with all that its jar says of it. */
import type { Section } from "../document/section";
import type { ConfigurationMetadata, ConfigurationProperty, PropertyHint } from "./configurationMetadata";
import { environmentName } from "./relaxedName";

/** Values that are listed; a hint may name all the character sets of the world. */
const mostValues = 40;

/** @param artifact For the heading path: `spring-boot-autoconfigure 3.2.12`. */
export function propertySections({ properties, hints }: ConfigurationMetadata): readonly Section[] {
  const byName = new Map<string, PropertyHint[]>();
  for (const hint of hints) {
    const name = hint.name.replace(/\.(?:keys|values)$/, "");
    byName.set(name, [...(byName.get(name) ?? []), hint]);
  }
  return properties.map((property) => ({
    headingPath: ["Configuration properties", property.name],
    anchor: property.name,
    blocks: [
      ...deprecationBlocks(property),
      ...(property.description === undefined ? [] : [{ kind: "prose", text: property.description } as const]),
      { kind: "list", text: facts(property, byName.get(property.name) ?? []).join("\n") },
    ],
  }));
}

function deprecationBlocks({ deprecation }: ConfigurationProperty): Section["blocks"] {
  if (!deprecation) return [];
  const { level, reason, replacement, since } = deprecation;
  const sentences = [
    level === "error" ? "This property is no longer read." : "This property still works but is deprecated.",
    since === undefined ? "" : `Deprecated since ${since}.`,
    reason ?? "",
    replacement === undefined ? "" : `Use \`${replacement}\` instead.`,
  ];
  return [
    { kind: "admonition", label: "Deprecated", text: sentences.filter((each) => each !== "").join(" ") },
  ];
}

function facts(property: ConfigurationProperty, hints: readonly PropertyHint[]): string[] {
  const { name, type, defaultValue, sourceType } = property;
  return [
    ...(type === undefined ? [] : [`- Type: \`${shortType(type)}\``]),
    ...(defaultValue === undefined ? [] : [`- Default: \`${written(defaultValue)}\``]),
    ...hints.flatMap((hint) => hintLines(name, hint)),
    `- Environment variable: \`${environmentName(name)}\``,
    ...(sourceType === undefined ? [] : [`- Bound to: \`${sourceType}\``]),
  ];
}

function hintLines(property: string, { name, values, providers }: PropertyHint): string[] {
  const what = name === property ? "Values" : name.endsWith(".keys") ? "Keys" : "Map values";
  const shown = values.slice(0, mostValues).map(({ value, description }) => {
    const text = `\`${written(value)}\``;
    return description === undefined ? text : `${text} (${description.replace(/\.$/, "")})`;
  });
  const more = values.length > shown.length ? `, and ${values.length - shown.length} more` : "";
  return [
    ...(shown.length === 0 ? [] : [`- ${what}: ${shown.join(", ")}${more}`]),
    ...providers.flatMap(({ name: provider, parameters }) => {
      const target = parameters["target"];
      return provider === "any" || typeof target !== "string" ? [] : [`- ${what} like: \`${target}\``];
    }),
  ];
}

/** Without the packages of the types: `Map<String, Duration>`. */
function shortType(type: string): string {
  return type
    .replaceAll(/\b(?:[a-z_]\w*\.)+(?=[A-Z])/g, "")
    .replaceAll("$", ".")
    .replaceAll(/,(?=\S)/g, ", ");
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join(",");
  return typeof value === "string" ? value : JSON.stringify(value);
}
