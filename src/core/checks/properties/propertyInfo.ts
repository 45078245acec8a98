/** What configuration metadata tells of one property: for whoever asks about a name, not for a check of a file. */
import type {
  ConfigurationMetadata,
  ConfigurationProperty,
  PropertyHint,
} from "../../metadata/configurationMetadata";
import { uniformName } from "../../metadata/relaxedName";
import { createPropertyIndex } from "./propertyIndex";

export interface PropertyRequest {
  /** In any form that relaxed binding takes, an environment variable excepted. */
  readonly name: string;
  /** Folder of the project whose class path is asked; absent: the starters of the version. */
  readonly project?: string;
  readonly springBootVersion?: string;
  /** True: nothing is fetched. */
  readonly offline: boolean;
  /** False in an untrusted workspace: no build tool is run. */
  readonly trusted: boolean;
}

export interface PropertyReply {
  /** Absent when nothing is known by that name. */
  readonly property?: ConfigurationProperty;
  readonly hints: readonly PropertyHint[];
  /** Names below a group; empty for a property. At most {@link mostMembers}. */
  readonly members: readonly string[];
  /** Names that are nearly the same, for one that is not known. */
  readonly near: readonly string[];
  /** Where the metadata comes from; absent when there was neither a build file nor a version to ask. */
  readonly classpath?: { readonly source: string; readonly complete: boolean };
  readonly springBootVersion?: string;
}

export type PropertyKnown = Pick<PropertyReply, "property" | "hints" | "members" | "near">;

/** A group such as `spring.datasource` has dozens. */
const mostMembers = 40;
const mostNear = 5;

export function describeProperty(metadata: readonly ConfigurationMetadata[], name: string): PropertyKnown {
  const index = createPropertyIndex(metadata);
  const property = index.find(name);
  if (property) {
    const named = new Set([property.name, `${property.name}.keys`, `${property.name}.values`]);
    const hints = metadata.flatMap((each) => each.hints).filter((hint) => named.has(hint.name));
    return { property, hints, members: [], near: [] };
  }
  const members = index.isGroup(name) ? membersOf(metadata, name) : [];
  return {
    hints: [],
    members,
    near: members.length > 0 ? [] : index.nearest(name, mostNear).map((each) => each.name),
  };
}

function membersOf(metadata: readonly ConfigurationMetadata[], group: string): readonly string[] {
  const prefix = `${uniformName(group)}.`;
  const names = metadata
    .flatMap(({ properties }) => properties)
    .filter(({ name, deprecation }) => !deprecation && uniformName(name).startsWith(prefix))
    .map(({ name }) => name);
  return [...new Set(names)].sort().slice(0, mostMembers);
}
