import { propertySections } from "../metadata/propertySections";
import type { PropertyReply } from "../checks/properties/propertyInfo";

/** What is known of a property, in Markdown. */
export function propertyText(name: string, reply: PropertyReply): string {
  const { property, hints, members, near, classpath, springBootVersion } = reply;
  const version = springBootVersion === undefined ? "" : `Spring Boot ${springBootVersion}, `;
  const from = classpath
    ? `From ${version}${classpath.source}${classpath.complete ? "" : "; the class path is not complete, a module may be missing"}.`
    : "";
  if (property) {
    const [section] = propertySections({ properties: [property], hints, groups: [] });
    const blocks = section?.blocks.map((block) =>
      block.kind === "admonition" ? `**${block.label}:** ${block.text}` : block.text,
    );
    return [`# ${property.name}`, ...(blocks ?? []), from].join("\n\n");
  }
  if (members.length > 0) {
    return [
      `\`${name}\` is a group, not a property. Properties in it:`,
      members.map((each) => `- \`${each}\``).join("\n"),
      from,
    ].join("\n\n");
  }
  if (!classpath) return noClasspath;
  const hint = near.length === 0 ? "" : ` Nearest: ${near.map((each) => `\`${each}\``).join(", ")}.`;
  return [`No module on the class path knows a property \`${name}\`.${hint}`, from].join("\n\n");
}

const noClasspath =
  "There is no build file and no version of Spring Boot to look the property up in. Name springBootVersion, or the project.";
