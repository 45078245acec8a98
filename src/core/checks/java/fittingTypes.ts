/** Of types that share a simple name, those that the code can mean: by how it uses the name. */
import { masked } from "../../generate/jvmSource";

/** What is known of a public type. */
export interface TypeFacts {
  readonly name: string;
  /** As Java's `ElementKind`: `CLASS`, `INTERFACE`, `ANNOTATION_TYPE`, `ENUM`, `RECORD`. */
  readonly kind: string;
  readonly isAbstract: boolean;
  readonly typeParameters: number;
  /** Names that may follow its name and a dot. */
  readonly statics: readonly string[];
  /** Of an enum, in their order. */
  readonly constants: readonly string[];
  /** Names of its public methods, its own first; of an annotation its attributes. */
  readonly methods: readonly string[];
}

interface NameUses {
  readonly isAnnotation: boolean;
  readonly isCreated: boolean;
  /** Counts of type arguments, wherever it has some. */
  readonly arguments: ReadonlySet<number>;
  readonly members: ReadonlySet<string>;
}

export function usesOf(text: string, simpleName: string): NameUses {
  const visible = masked(text);
  const places = [...visible.matchAll(new RegExp(`(?<![\\w$.])${simpleName}(?![\\w$])`, "g"))]
    .map(({ index }) => index)
    .filter((index) => !/^\s*import\s/.test(visible.slice(visible.lastIndexOf("\n", index) + 1, index)));
  const before = (index: number) => visible.slice(Math.max(0, index - 30), index);
  const after = (index: number) => visible.slice(index + simpleName.length);
  return {
    isAnnotation: places.some((index) => before(index).endsWith("@")),
    isCreated: places.some(
      (index) =>
        /\bnew\s+$/.test(before(index)) && /^\s*(?:<[^;(]*>)?\s*\([^{]*?\)\s*(?!\s*\{)/.test(after(index)),
    ),
    arguments: new Set(places.flatMap((index) => argumentCount(after(index)) ?? [])),
    members: new Set(places.flatMap((index) => /^\s*\.\s*([A-Za-z_$][\w$]*)/.exec(after(index))?.[1] ?? [])),
  };
}

/** What the diamond says. */
const someArguments = -1;

/** Of `<A, B<C>>` 2; undefined without arguments. */
function argumentCount(rest: string): number | undefined {
  if (rest.startsWith("<>")) return someArguments;
  if (!rest.startsWith("<")) return undefined;
  let [depth, count] = [0, 1];
  for (const character of rest.slice(0, 500)) {
    if (character === "<") depth++;
    else if (character === ">") {
      if (--depth === 0) return count;
    } else if (character === "," && depth === 1) count++;
    else if (/[;{}]/.test(character)) return undefined;
  }
  return undefined;
}

/**
 * @param candidates Names in full.
 * @param facts Of those that are public, where the compiler was asked; a name of the project's own sources has none and stays.
 */
export function fittingTypes(
  simpleName: string,
  candidates: readonly string[],
  text: string,
  { facts, own }: { readonly facts: ReadonlyMap<string, TypeFacts>; readonly own: ReadonlySet<string> },
): readonly string[] {
  const uses = usesOf(text, simpleName);
  const open = candidates.filter((name) => own.has(name) || facts.has(name));
  const fit = open.filter((name) => {
    const known = facts.get(name);
    return !known || fits(known, uses);
  });
  return fit.length > 0 ? fit : open;
}

function fits({ kind, isAbstract, typeParameters, statics }: TypeFacts, uses: NameUses): boolean {
  if (uses.isAnnotation !== (kind === "ANNOTATION_TYPE")) return false;
  if (uses.isCreated && (isAbstract || kind === "INTERFACE" || kind === "ENUM")) return false;
  const takes = (count: number) => (count === someArguments ? typeParameters > 0 : count === typeParameters);
  if (![...uses.arguments].every(takes)) return false;
  return [...uses.members].every(
    (member) => member === "class" || member === "this" || statics.includes(member),
  );
}
