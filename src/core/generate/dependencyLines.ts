/** Dependencies as a pom and as Gradle write them, one turned into the other where the project is built by the other. */

interface Dependency {
  readonly group: string;
  readonly artifact: string;
  readonly version?: string;
  /** Gradle's word for what it is for. */
  readonly configuration: string;
}

const scopes: Readonly<Record<string, string>> = {
  runtime: "runtimeOnly",
  test: "testImplementation",
  provided: "compileOnly",
};

/** True for XML that holds a dependency. */
export const isPomDependency = (text: string) => text.includes("<dependency>") && !/<project[\s>]/.test(text);

const gradleLine =
  /^\s*(implementation|api|runtimeOnly|compileOnly|developmentOnly|annotationProcessor|test(?:Implementation|RuntimeOnly|CompileOnly))\s*\(?\s*["']([\w.-]+):([\w.-]+)(?::([\w.$@{}-]+))?["']\s*\)?/gm;

export const isGradleDependency = (text: string) => new RegExp(gradleLine.source, "m").test(text);

export function gradleFromPom(xml: string, kotlin: boolean): string {
  const lines = [...xml.matchAll(/<dependency>([\s\S]*?)<\/dependency>/g)].flatMap(([, body = ""]) => {
    const tag = (name: string) => new RegExp(`<${name}>\\s*([^<\\s]+)\\s*</${name}>`).exec(body)?.[1];
    const group = tag("groupId");
    const artifact = tag("artifactId");
    if (group === undefined || artifact === undefined) return [];
    const version = tag("version");
    const coordinates = [group, artifact, ...(version === undefined ? [] : [version])].join(":");
    const configuration = scopes[tag("scope") ?? ""] ?? "implementation";
    return [kotlin ? `${configuration}("${coordinates}")` : `${configuration} '${coordinates}'`];
  });
  return lines.join("\n");
}

export function pomFromGradle(lines: string): string {
  return [...lines.matchAll(gradleLine)]
    .map(([, configuration = "", group = "", artifact = "", version]): Dependency => ({
      ...{ configuration, group, artifact },
      ...(version !== undefined && { version }),
    }))
    .map(({ configuration, group, artifact, version }) => {
      const scope = Object.entries(scopes).find(([, word]) => word === configuration)?.[0];
      const optional = configuration === "annotationProcessor" || configuration === "developmentOnly";
      return [
        "<dependency>",
        `    <groupId>${group}</groupId>`,
        `    <artifactId>${artifact}</artifactId>`,
        ...(version === undefined ? [] : [`    <version>${version}</version>`]),
        ...(scope === undefined ? [] : [`    <scope>${scope}</scope>`]),
        ...(optional ? ["    <optional>true</optional>"] : []),
        "</dependency>",
      ].join("\n");
    })
    .join("\n");
}

/** Lines of one Gradle language as the other writes them. */
export function gradleIn(text: string, kotlin: boolean): string {
  return text.replaceAll(
    gradleLine,
    (line, configuration: string, group: string, artifact: string, version?: string) => {
      const indent = /^\s*/.exec(line)?.[0] ?? "";
      const coordinates = [group, artifact, ...(version === undefined ? [] : [version])].join(":");
      return indent + (kotlin ? `${configuration}("${coordinates}")` : `${configuration} '${coordinates}'`);
    },
  );
}
