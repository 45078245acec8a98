/** Reads from the command line what a person wants indexed: paths, addresses, sites, the official reference. */
import { isAbsolute, resolve } from "node:path";
import type { DocumentWish } from "../core/document/documentWish";
import { officialSources } from "../core/site/officialSources";
import { defaultDepth, defaultPages, pageAddress, prefixOf } from "../core/site/siteAddress";
import type { Flag, ParsedCommand } from "./command";
import { badArgument, isSet, text } from "./flags";

export const wishFlags = {
  depth: {
    type: "string",
    value: "N",
    help: `take the pages that an address links to as well, N links far (default with --pages: ${defaultDepth})`,
  },
  pages: {
    type: "string",
    value: "N",
    help: `pages of a site, at most (default with --depth: ${defaultPages})`,
  },
  prefix: {
    type: "string",
    value: "URL",
    help: "what the pages' addresses begin with (default: the folder of the address)",
  },
  official: {
    type: "string",
    value: "V",
    help: "the official reference of a Spring Boot version, from its publisher",
  },
  format: { type: "string", value: "F", help: "with --official: html or pdf, where both are published" },
  dependencies: {
    type: "boolean",
    help: "what the jars of a project's dependencies say: configuration properties, javadoc, sources",
  },
  project: { type: "string", value: "DIR", help: "with --dependencies: the project (default: this folder)" },
  fetch: {
    type: "boolean",
    help: "with --dependencies: the project's own Maven or Gradle brings javadoc and sources that are missing",
  },
  vectors: { type: "boolean", help: "with --dependencies: found by meaning too; takes long" },
} as const satisfies Readonly<Record<string, Flag>>;

/** A wish with the words that belong to it. */
export interface CommandWish {
  readonly wish: DocumentWish;
  readonly name?: string;
  readonly springBootVersion?: string;
  /** Where it comes from, and what its publisher wants to be known. */
  readonly notice?: string;
}

/** @param directory Where relative paths start. */
export function wishesOf(parsed: ParsedCommand, directory: string): readonly CommandWish[] {
  const official = text(parsed, "official");
  if (isSet(parsed, "dependencies")) return [dependenciesWish(parsed, directory)];
  for (const flag of ["project", "fetch", "vectors"]) {
    if (parsed.flags[flag] !== undefined) throw badArgument(`--${flag} belongs to --dependencies.`);
  }
  const bounds = ["depth", "pages", "prefix"].filter((flag) => text(parsed, flag) !== undefined);
  if (official !== undefined) {
    if (parsed.positionals.length > 0 || bounds.length > 0) {
      throw badArgument("--official stands alone: the address and the limits are known.");
    }
    return [officialWish(official, text(parsed, "format"))];
  }
  if (text(parsed, "format") !== undefined) throw badArgument("--format belongs to --official.");
  if (parsed.positionals.length === 0) throw badArgument("docwright index needs a path or an address.");
  return parsed.positionals.map((word): CommandWish => {
    if (!/^https?:\/\//i.test(word)) {
      if (bounds.length > 0) throw badArgument(`--${bounds[0] ?? ""} is for addresses, not for "${word}".`);
      return { wish: { kind: "path", path: isAbsolute(word) ? word : resolve(directory, word) } };
    }
    return { wish: bounds.length > 0 ? siteWish(word, parsed) : { kind: "download", url: word } };
  });
}

function dependenciesWish(parsed: ParsedCommand, directory: string): CommandWish {
  const others = ["depth", "pages", "prefix", "official", "format"].filter(
    (flag) => parsed.flags[flag] !== undefined,
  );
  if (parsed.positionals.length > 0 || others.length > 0) {
    throw badArgument("--dependencies stands alone: name the project with --project.");
  }
  const project = resolve(directory, text(parsed, "project") ?? ".");
  const [vectors, fetch] = [isSet(parsed, "vectors"), isSet(parsed, "fetch")];
  return { wish: { kind: "dependencies", project, vectors, ...(fetch && { fetch }) } };
}

function siteWish(word: string, parsed: ParsedCommand): DocumentWish {
  const start = pageAddress(word);
  if (start === undefined) throw badArgument(`"${word}" is no address of a site.`);
  const named = text(parsed, "prefix");
  const prefix =
    named === undefined ? prefixOf(start) : pageAddress(named.endsWith("/") ? named : `${named}/`);
  if (prefix === undefined || !start.startsWith(prefix)) {
    throw badArgument(`--prefix "${named ?? ""}" has to be what "${word}" begins with.`);
  }
  const depth = count(parsed, "depth", 0) ?? defaultDepth;
  const pages = count(parsed, "pages", 1) ?? defaultPages;
  return { kind: "site", bounds: { start, prefix, depth, pages, exclude: [] } };
}

function officialWish(version: string, format: string | undefined): CommandWish {
  const found = officialSources(version);
  if (found.length === 0) {
    throw badArgument(
      `It is not known where the reference of Spring Boot ${version} is published; name its address.`,
    );
  }
  const source = format === undefined ? found[0] : found.find((each) => each.format === format);
  if (!source) {
    const formats = found.map((each) => each.format).join(" and ");
    throw badArgument(
      `The reference of Spring Boot ${version} is published as ${formats}, not as "${format ?? ""}".`,
    );
  }
  const { wish, title, springBootVersion, notice } = source;
  return { wish, name: title, springBootVersion, notice };
}

function count(parsed: ParsedCommand, flag: string, least: number): number | undefined {
  const value = text(parsed, flag);
  if (value === undefined) return undefined;
  if (!/^\d{1,6}$/.test(value) || Number(value) < least) {
    throw badArgument(`--${flag} takes a whole number of at least ${least}, not "${value}".`);
  }
  return Number(value);
}
