/** What the class path of a project, or of a version alone, knows of a configuration property. */
import {
  describeProperty,
  type PropertyReply,
  type PropertyRequest,
} from "../../core/checks/properties/propertyInfo";
import { parseConfigurationMetadata } from "../../core/metadata/configurationMetadata";
import type { ProjectClasspaths } from "../classpath/projectClasspath";
import { readProjectFacts } from "../project/projectFiles";

export async function propertyInfo(
  classpaths: ProjectClasspaths,
  { name, project, springBootVersion, offline, trusted }: PropertyRequest,
  signal: AbortSignal,
): Promise<PropertyReply> {
  const facts = project === undefined ? undefined : await readProjectFacts(project, signal);
  const version = springBootVersion ?? facts?.springBootVersion;
  const classpath = await classpaths.find(
    {
      // A version that is not the project's own is asked of its starters.
      ...(facts?.buildTool &&
        version === facts.springBootVersion && {
          module: { directory: facts.directory, buildTool: facts.buildTool },
        }),
      ...(version !== undefined && { springBootVersion: version }),
      packages: [],
      offline,
      trusted,
    },
    () => undefined,
    signal,
  );
  const known = (classpath?.metadata ?? []).flatMap(({ text }) => parseConfigurationMetadata(text) ?? []);
  return {
    ...describeProperty(known, name),
    ...(classpath && { classpath: { source: classpath.source, complete: classpath.complete } }),
    ...(version !== undefined && { springBootVersion: version }),
  };
}
