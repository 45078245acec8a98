import { parse } from "smol-toml";

export interface CatalogEntry {
  /** A plugin's id, or a library's `group:artifact`. */
  readonly id: string;
  readonly version?: string;
}

/** A Gradle version catalog; aliases are as scripts write them, `spring.boot` for `spring-boot`. */
export interface VersionCatalog {
  readonly label: string;
  readonly versions: ReadonlyMap<string, string>;
  readonly plugins: ReadonlyMap<string, CatalogEntry>;
  readonly libraries: ReadonlyMap<string, CatalogEntry>;
  readonly bundles: ReadonlyMap<string, readonly string[]>;
}

type Table = Readonly<Record<string, unknown>>;

/** Undefined for a text that is no TOML. */
export function parseVersionCatalog(label: string, text: string): VersionCatalog | undefined {
  let document: Table;
  try {
    document = parse(text);
  } catch {
    return undefined;
  }
  const versions = new Map<string, string>();
  for (const [alias, value] of entries(document["versions"])) {
    const version = richVersion(value);
    if (version !== undefined) versions.set(accessor(alias), version);
  }
  const read = (table: unknown) =>
    new Map(
      entries(table).flatMap(([alias, value]) => {
        const entry = entryOf(value, versions);
        return entry ? [[accessor(alias), entry] as const] : [];
      }),
    );
  return {
    label,
    versions,
    plugins: read(document["plugins"]),
    libraries: read(document["libraries"]),
    bundles: new Map(
      entries(document["bundles"]).map(([alias, value]) => [
        accessor(alias),
        Array.isArray(value) ? value.filter((each) => typeof each === "string").map(accessor) : [],
      ]),
    ),
  };
}

/** Dashes and underscores of an alias are dots in a script. */
function accessor(alias: string): string {
  return alias.replaceAll(/[-_]/g, ".");
}

function entryOf(value: unknown, versions: ReadonlyMap<string, string>): CatalogEntry | undefined {
  if (typeof value === "string") {
    const parts = value.split(":");
    const version = parts.length > 1 ? parts.pop() : undefined;
    // "id:version" of a plugin, "group:artifact:version" or "group:artifact" of a library
    if (parts.length === 1 && version !== undefined && !/^\d/.test(version)) return { id: value };
    return { id: parts.join(":"), ...(version !== undefined && { version }) };
  }
  const table = asTable(value);
  const id =
    textOf(table["id"]) ??
    textOf(table["module"]) ??
    (textOf(table["group"]) && textOf(table["name"])
      ? `${textOf(table["group"])}:${textOf(table["name"])}`
      : undefined);
  if (id === undefined) return undefined;
  const reference = textOf(asTable(table["version"])["ref"]);
  const version = reference === undefined ? richVersion(table["version"]) : versions.get(accessor(reference));
  return { id, ...(version !== undefined && { version }) };
}

/** A version is a text, or a table of what is demanded. */
function richVersion(value: unknown): string | undefined {
  const table = asTable(value);
  return textOf(value) ?? textOf(table["strictly"]) ?? textOf(table["require"]) ?? textOf(table["prefer"]);
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
const asTable = (value: unknown): Table =>
  typeof value === "object" && value !== null ? (value as Table) : {};
const entries = (value: unknown) => Object.entries(asTable(value));
