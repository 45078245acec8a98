/** What the configuration metadata on a classpath knows, to look names up in. */
import { distance } from "fastest-levenshtein";
import type { ConfigurationMetadata, ConfigurationProperty } from "../../metadata/configurationMetadata";
import { environmentName } from "../../metadata/relaxedName";
import { canonicalName } from "./propertyName";

export interface PropertyIndex {
  /** The property that a name binds to, below a map or a list too; undefined when there is none. */
  find(name: string): ConfigurationProperty | undefined;
  /** True where the metadata owns the place of a name: a property that it does not know there is bound by nobody. */
  owns(name: string): boolean;
  /** True for a name that differs from a live one by a slip of the keys. */
  isSlip(name: string): boolean;
  /** True for a name that properties stand below: a group is set by its members, not by itself. */
  isGroup(name: string): boolean;
  /** Live properties with nearly the same name, the nearest first; at most `count`. */
  nearest(name: string, count: number): readonly ConfigurationProperty[];
}

/** Edits that make a slip of the keys; more make another name. */
const mostEdits = 2;
/** In a name of this many characters one slip in its root makes no other name; `serve.port` is somebody's own. */
const longName = 12;

/** @param owners Of the metadata that which tells of all that is bound in its places; the others only add to it. */
export function createPropertyIndex(
  metadata: readonly ConfigurationMetadata[],
  owners: readonly ConfigurationMetadata[] = metadata,
): PropertyIndex {
  const byName = new Map<string, ConfigurationProperty>();
  /** Retired names that read like a live one to the binder (`keystore-location` and `key-store-location`), as they were written. */
  const retired = new Map<string, ConfigurationProperty>();
  const declared = new Set<string>();
  const owned = new Set<string>();
  const parents = new Set<string>();
  for (const each of metadata) {
    const { groups, properties } = each;
    const isOwner = owners.includes(each);
    for (const group of isOwner ? groups : []) declared.add(canonicalName(group.name));
    for (const property of properties) {
      const name = canonicalName(property.name);
      if (property.deprecation) retired.set(property.name, property);
      const known = byName.get(name);
      // A name that one jar retires and another declares is alive.
      if (!known || (known.deprecation && !property.deprecation)) byName.set(name, property);
      for (const prefix of prefixesOf(name)) parents.add(prefix);
      const parent = parentOf(name);
      // `spring.aop` of `spring.aop.auto`; a root such as `spring` is shared by many projects and owned by none.
      if (isOwner && parent.includes(".") && !isOpen(property)) owned.add(parent);
    }
  }
  // A group without a property is bound by code that no metadata tells of.
  for (const group of declared) if (parents.has(group)) owned.add(group);
  const isUntold = (canonical: string) => {
    const group = prefixesOf(canonical).find((prefix) => declared.has(prefix) || owned.has(prefix));
    return group !== undefined && !owned.has(group);
  };
  const live = [...byName].filter(([, { deprecation }]) => !deprecation);

  const find = (name: string) => {
    const canonical = canonicalName(name);
    const exact = byName.get(canonical);
    if (exact) return exact.name === name ? exact : (retired.get(name) ?? exact);
    return prefixesOf(canonical)
      .map((prefix) => byName.get(prefix))
      .find((property) => property && isOpen(property));
  };

  return {
    find,
    owns(name) {
      const canonical = canonicalName(name);
      if (nearestOf(live, canonical).length > 0) return true;
      return prefixesOf(canonical).some((prefix) => owned.has(prefix)) && !isUntold(canonical);
    },
    isSlip: (name) => nearestOf(live, canonicalName(name)).length > 0,
    isGroup: (name) => parents.has(canonicalName(name)),
    nearest: (name, count) => {
      const canonical = canonicalName(name);
      const near = nearestOf(live, canonical);
      return (near.length > 0 ? near : siblingsOf(live, canonical)).slice(0, count);
    },
  };
}

/** The property that an environment variable binds to: `SPRING_DATA_REDIS_HOST`, `SPRING_CONFIG_IMPORT_0`. */
export function createEnvironmentIndex(
  metadata: readonly ConfigurationMetadata[],
): (variable: string) => ConfigurationProperty | undefined {
  const byVariable = new Map<string, ConfigurationProperty>();
  for (const { properties } of metadata) {
    for (const property of properties) {
      const name = environmentName(property.name);
      if (!byVariable.get(name) || !property.deprecation) byVariable.set(name, property);
    }
  }
  return (variable) => {
    const parts = variable.toUpperCase().split("_");
    const exact = byVariable.get(parts.filter((part) => !/^\d+$/.test(part)).join("_"));
    if (exact) return exact;
    for (let length = parts.length - 1; length > 0; length--) {
      const property = byVariable.get(parts.slice(0, length).join("_"));
      if (property && isOpen(property)) return property;
    }
    return undefined;
  };
}

/** True for a property with names of the user's own below it: a map, `Properties`, or a list of objects. */
export function isOpen({ type }: ConfigurationProperty): boolean {
  if (type === undefined) return false;
  if (/^java\.util\.(?:Map|Properties|HashMap|LinkedHashMap|TreeMap|SortedMap)\b/.test(type)) return true;
  const element = /^java\.util\.(?:List|Set|Collection)<(.+)>$/.exec(type)?.[1];
  return element?.includes("$") ?? false;
}

/** All prefixes of a dotted name, the longest first; not the name itself. */
function prefixesOf(name: string): readonly string[] {
  const prefixes: string[] = [];
  for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1))
    prefixes.push(name.slice(0, dot));
  return prefixes;
}

const rootOf = (name: string) => name.split(".")[0] ?? "";
const parentOf = (name: string) => name.slice(0, Math.max(0, name.lastIndexOf(".")));

/** Names a slip or two away. */
function nearestOf(
  live: readonly (readonly [string, ConfigurationProperty])[],
  name: string,
): readonly ConfigurationProperty[] {
  if (!name.includes(".")) return [];
  return live
    .flatMap(([known, property]) => {
      if (Math.abs(known.length - name.length) > mostEdits) return [];
      const edits = editsBetween(known, name);
      if (edits > mostEdits || edits * 6 > known.length) return [];
      if (rootOf(known) !== rootOf(name) && (edits > 1 || known.length < longName)) return [];
      return [{ edits, property }];
    })
    .sort((left, right) => left.edits - right.edits)
    .map(({ property }) => property);
}

/** Levenshtein's distance with a swap of two neighbours as one edit. */
function editsBetween(left: string, right: string): number {
  const edits = distance(left, right);
  if (edits !== 2 || left.length !== right.length) return edits;
  let first = 0;
  while (left[first] === right[first]) first++;
  const swapped =
    left.slice(0, first) + (left[first + 1] ?? "") + (left[first] ?? "") + left.slice(first + 2);
  return swapped === right ? 1 : 2;
}

/** What is called alike in the same place, or the same in another: `server.tomcat.port` is `server.port`. */
function siblingsOf(
  live: readonly (readonly [string, ConfigurationProperty])[],
  name: string,
): readonly ConfigurationProperty[] {
  const parent = parentOf(name);
  const last = name.slice(parent.length + 1);
  return live
    .flatMap(([known, property]) => {
      const knownParent = parentOf(known);
      const knownLast = known.slice(knownParent.length + 1);
      if (rootOf(known) !== rootOf(name)) return [];
      if (knownLast === last) return [{ edits: distance(known, name), property }];
      if (knownParent !== parent) return [];
      const edits = distance(knownLast, last);
      return edits * 2 <= Math.max(knownLast.length, last.length) ? [{ edits, property }] : [];
    })
    .sort((left, right) => left.edits - right.edits)
    .map(({ property }) => property);
}
