/** Names of the types that can be had, and which of them somebody may have meant. */
import { distance } from "fastest-levenshtein";

export interface TypeNames {
  /** For a name in full, nested types by dots. */
  has(qualifiedName: string): boolean;
  hasPackage(name: string): boolean;
  /** Names in full of all types with that simple name. */
  named(simpleName: string): readonly string[];
  /** Simple names that differ by little from one that is unknown, nearest first. */
  similar(simpleName: string, count: number): readonly string[];
}

/** @param binaryNames With slashes, nested types with `$`: `java/util/Map$Entry`. */
export function createTypeNames(binaryNames: Iterable<string>): TypeNames {
  const all = new Set<string>();
  const packages = new Set<string>();
  const bySimpleName = new Map<string, string[]>();
  for (const binary of binaryNames) {
    const name = binary.replaceAll(/[/$]/g, ".");
    if (all.has(name)) continue;
    all.add(name);
    packages.add(binary.slice(0, Math.max(0, binary.lastIndexOf("/"))).replaceAll("/", "."));
    const simple = name.slice(name.lastIndexOf(".") + 1);
    const known = bySimpleName.get(simple);
    if (known) known.push(name);
    else bySimpleName.set(simple, [name]);
  }
  return {
    has: (name) => all.has(name),
    hasPackage: (name) => packages.has(name),
    named: (simple) => bySimpleName.get(simple) ?? [],
    similar: (simple, count) => nearest(simple, bySimpleName.keys(), count),
  };
}

/** Names within a third of their length of the wanted one, nearest first; a name that starts or ends alike goes before others. */
export function nearest(wanted: string, names: Iterable<string>, count: number): readonly string[] {
  const most = Math.max(1, Math.floor(wanted.length / 3));
  const found: { readonly name: string; readonly edits: number }[] = [];
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) > most && !akin(wanted, name)) continue;
    const edits = akin(wanted, name) ? Math.min(distance(wanted, name), most) : distance(wanted, name);
    if (edits > 0 && edits <= most) found.push({ name, edits });
  }
  return found
    .sort((left, right) => left.edits - right.edits || left.name.localeCompare(right.name, "en"))
    .slice(0, count)
    .map(({ name }) => name);
}

/** `antMatchers` and `requestMatchers` share their last word, `WebSecurityConfigurerAdapter` and `WebSecurityConfigurer` their start. */
function akin(left: string, right: string): boolean {
  const shorter = Math.min(left.length, right.length);
  if (shorter < 6) return false;
  const lastWord = /[A-Z][a-z\d]+$/.exec(left)?.[0] ?? left;
  if (lastWord.length >= 5 && right.endsWith(lastWord) && right.length <= left.length * 2) return true;
  return (
    shorter * 4 >= Math.max(left.length, right.length) * 3 &&
    (left.startsWith(right) || right.startsWith(left))
  );
}

/**
 * The types that stand in for one that does not exist: those of its simple name, most alike first. Alike is who shares most parts of the
 * package at its end and start, as `jakarta.persistence` does with `javax.persistence`.
 */
export function standIns(qualifiedName: string, names: TypeNames): readonly StandIn[] {
  const at = qualifiedName.lastIndexOf(".");
  const wanted = qualifiedName.slice(0, Math.max(0, at)).split(".");
  return names
    .named(qualifiedName.slice(at + 1))
    .map((name) => ({ name, likeness: likeness(wanted, name.split(".").slice(0, -1)) }))
    .sort((left, right) => right.likeness - left.likeness || left.name.localeCompare(right.name, "en"));
}

export interface StandIn {
  readonly name: string;
  /** 1 for the same package, 0 for nothing in common. */
  readonly likeness: number;
}

function likeness(left: readonly string[], right: readonly string[]): number {
  const shared = (pairs: (index: number) => boolean) => {
    let count = 0;
    while (count < Math.min(left.length, right.length) && pairs(count)) count++;
    return count;
  };
  const start = shared((index) => left[index] === right[index]);
  const end = shared((index) => left.at(-1 - index) === right.at(-1 - index));
  return Math.min(left.length, right.length, start + end) / Math.max(left.length, right.length);
}

/**
 * The one that is meant beyond doubt: the package only begins otherwise (`javax.persistence`, `jakarta.persistence`), or the package is there,
 * the type is not, and one of its name is near by. No other may be as near.
 */
export function certainStandIn(
  qualifiedName: string,
  candidates: readonly StandIn[],
  names: TypeNames,
): string | undefined {
  const [first, second] = candidates;
  if (!first || (second && second.likeness >= first.likeness)) return undefined;
  const isTwin = withoutFirst(first.name) === withoutFirst(qualifiedName);
  const isNear =
    first.likeness > 0.5 && names.hasPackage(qualifiedName.slice(0, qualifiedName.lastIndexOf(".")));
  return isTwin || isNear ? first.name : undefined;
}

const withoutFirst = (name: string) => name.slice(name.indexOf("."));

/** A sentence with a blank before it; empty for none. */
export function nearestText(names: readonly string[]): string {
  const some = names.slice(0, 4).map((name) => `\`${name}\``);
  return some.length === 0 ? "" : ` Nearest: ${some.join(", ")}.`;
}

export const simpleName = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
