/** A Java source as far as compiling it together with others needs it: its package, its types, and the names it uses. */
import { masked } from "../../generate/jvmSource";

export interface JavaUnit {
  readonly path: string;
  readonly text: string;
  /** Empty for the unnamed package. */
  readonly packageName: string;
  /** Simple names of all types that it declares, nested ones too. */
  readonly declares: ReadonlySet<string>;
  /** Names in full of its outermost types. */
  readonly topLevel: readonly string[];
  /** Every word of its code. */
  readonly words: ReadonlySet<string>;
}

export function readJavaUnit(path: string, text: string): JavaUnit {
  const visible = masked(text);
  const packageName = /^\s*(?:@[^;]*?)?\bpackage\s+([\w.]+)/m.exec(visible)?.[1] ?? "";
  const declares = new Set<string>();
  const topLevel: string[] = [];
  for (const match of visible.matchAll(
    /(?<![.\w])(?:class|interface|enum|record|object)\s+([A-Za-z_$][\w$]*)/g,
  )) {
    const [, name = ""] = match;
    declares.add(name);
    if (depthAt(visible, match.index) === 0)
      topLevel.push(packageName === "" ? name : `${packageName}.${name}`);
  }
  return { path, text, packageName, declares, topLevel, words: new Set(visible.match(/[A-Za-z_$][\w$]*/g)) };
}

function depthAt(visible: string, end: number): number {
  let depth = 0;
  for (let index = 0; index < end; index++) {
    if (visible[index] === "{") depth++;
    else if (visible[index] === "}") depth--;
  }
  return depth;
}

/**
 * The sources of a project that some sources touch, and those that these touch in turn: all that declare a type whose name is used. More
 * may be taken than is needed, never less.
 */
export function touchedUnits(start: readonly JavaUnit[], project: readonly JavaUnit[]): readonly JavaUnit[] {
  const byName = new Map<string, JavaUnit[]>();
  for (const unit of project) {
    for (const name of unit.declares) byName.set(name, [...(byName.get(name) ?? []), unit]);
  }
  const taken = new Set<JavaUnit>();
  const replaced = new Set(start.flatMap(({ topLevel }) => topLevel));
  const queue = [...start];
  for (let unit = queue.pop(); unit; unit = queue.pop()) {
    for (const word of unit.words) {
      for (const found of byName.get(word) ?? []) {
        if (taken.has(found) || found.topLevel.some((name) => replaced.has(name))) continue;
        taken.add(found);
        queue.push(found);
      }
    }
  }
  return [...taken];
}

/** Those of the units that use one of the first that is not themselves, directly or through others. */
export function restingOn(first: readonly JavaUnit[], units: readonly JavaUnit[]): ReadonlySet<JavaUnit> {
  const users = new Map<string, JavaUnit[]>();
  const declared = new Set(units.flatMap(({ declares }) => [...declares]));
  for (const unit of units) {
    for (const word of unit.words) {
      if (!declared.has(word)) continue;
      const known = users.get(word);
      if (known) known.push(unit);
      else users.set(word, [unit]);
    }
  }
  const found = new Set<JavaUnit>();
  const reached = new Set(first);
  for (const unit of reached) {
    const others = [...unit.declares]
      .flatMap((name) => users.get(name) ?? [])
      .filter((user) => user !== unit);
    for (const user of others) {
      found.add(user);
      reached.add(user);
    }
  }
  return found;
}

/**
 * Parts snippets that cannot be compiled together because they declare the same type. Each group has one of the rivals and all that have
 * none; files that were named together belong together otherwise.
 */
export function groupsOf(units: readonly JavaUnit[]): readonly (readonly JavaUnit[])[] {
  const groups: JavaUnit[][] = [];
  const rivals = units.filter((unit) =>
    units.some((other) => other !== unit && other.topLevel.some((name) => unit.topLevel.includes(name))),
  );
  const others = units.filter((unit) => !rivals.includes(unit));
  for (const unit of rivals) {
    const free = groups.find(
      (group) => !group.some((other) => other.topLevel.some((name) => unit.topLevel.includes(name))),
    );
    if (free) free.push(unit);
    else groups.push([unit]);
  }
  return groups.length === 0 ? [others] : groups.map((group) => [...group, ...others]);
}
