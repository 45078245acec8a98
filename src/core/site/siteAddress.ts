/** Addresses of a site's pages: which belong to it, which of two are the same page, and what file keeps one. */
import type { SiteBounds } from "../document/documentSource";

export const defaultDepth = 5;
export const defaultPages = 200;

/** Longer addresses are made by programs for programs. */
const longest = 1_000;
/** A part of a path that comes more often than this is a link that grows by itself. */
const mostRepeats = 3;

/** The address without its fragment, as the URL standard writes it; undefined for other schemes and for addresses with a password. */
export function pageAddress(href: string, base?: string): string | undefined {
  if (!URL.canParse(href, base)) return undefined;
  const address = new URL(href, base);
  if (address.protocol !== "https:" && address.protocol !== "http:") return undefined;
  if (address.username !== "" || address.password !== "") return undefined;
  address.hash = "";
  if (address.search === "") address.search = ""; // a question mark with nothing behind it
  return address.href;
}

/** The folder of an address: what a crawl stays below when nothing else is said. */
export function prefixOf(start: string): string {
  return new URL(".", start).href.replace(/[?#].*$/, "");
}

export type Belonging = "yes" | "outside" | "excluded" | "endless";

/** Whether a page belongs to a site, else why not. */
export function belonging(
  address: string,
  { prefix, exclude }: Pick<SiteBounds, "prefix" | "exclude">,
): Belonging {
  if (!address.startsWith(prefix) && `${address}/` !== prefix) return "outside";
  const below = address.slice(prefix.length);
  if (exclude.some((part) => isExcluded(below, part))) return "excluded";
  return isEndless(address) ? "endless" : "yes";
}

/** `api/java/` anywhere in the path; `^docs/` at its start; a digit stands as `#`: `^#` is a version's folder. */
function isExcluded(below: string, part: string): boolean {
  const anchored = part.startsWith("^");
  const wanted = anchored ? part.slice(1) : `/${part}`;
  const path = (anchored ? "" : "/") + below.replace(/[?].*$/, "");
  if (wanted === "#") return /^\d/.test(path);
  return anchored ? path.startsWith(wanted) : path.includes(wanted);
}

function isEndless(address: string): boolean {
  if (address.length > longest) return true;
  const counts = new Map<string, number>();
  for (const part of new URL(address).pathname.split("/").filter((each) => each !== "")) {
    const count = (counts.get(part) ?? 0) + 1;
    if (count > mostRepeats) return true;
    counts.set(part, count);
  }
  return false;
}

/**
 * The bounds after the start page was moved on the same host, as a publisher does who moves the newest version to a place of its own:
 * what stands before the same end of both addresses is the new prefix. Undefined when the page went elsewhere.
 */
export function movedBounds(bounds: SiteBounds, to: string): SiteBounds | undefined {
  const wasWhole = bounds.prefix === prefixOf(bounds.start);
  if (`${bounds.start}/` === to && wasWhole) return { ...bounds, start: to, prefix: to };
  if (belonging(to, bounds) === "yes") return bounds;
  if (secured(bounds.start) === to) return { ...bounds, start: to, prefix: secured(bounds.prefix) };
  if (new URL(bounds.start).host !== new URL(to).host) return undefined;
  const rest = bounds.start.slice(bounds.prefix.length);
  if (rest === "" || !to.endsWith(`/${rest}`)) return undefined;
  const prefix = to.slice(0, to.length - rest.length);
  // Above the old prefix lie its neighbours, the other versions.
  const holdsOld = secured(bounds.prefix).startsWith(secured(prefix));
  const exclude = holdsOld ? [...bounds.exclude, "^#", "^docs/"] : bounds.exclude;
  return { ...bounds, start: to, prefix, exclude };
}

/** Sites that moved to https still link to themselves by http. */
export function likePrefix(address: string, prefix: string): string {
  return prefix.startsWith("https:") && secured(address).startsWith(prefix) ? secured(address) : address;
}

const secured = (address: string) => address.replace(/^http:/, "https:");

/**
 * The path of the file that keeps a page, below the folder of its site: like the address, so that a person finds their way. Characters that
 * a file system may not like are replaced, and what that makes alike is told apart by `unlike`.
 * @param unlike A short hash of the address.
 */
export function pageFile(address: string, prefix: string, extension: string, unlike: string): string {
  const below = address.slice(prefix.length);
  const [path = "", query] = below.split("?");
  const named =
    path === "" || path.endsWith("/")
      ? `${path}index`
      : path.replace(/\.(x?html?|md|markdown|txt|adoc)$/i, "");
  const parts = named.split("/").map((part) =>
    decoded(part)
      .replace(/[^\p{L}\p{N}._-]+/gu, "_")
      .slice(0, 80),
  );
  const safe = parts.map((part) => (notAllowed.test(part) ? `_${part}` : part));
  const plain = safe.join("/");
  const isAlike = query !== undefined || plain !== named || /[A-Z]/.test(plain);
  return `${plain}${isAlike ? `-${unlike}` : ""}${extension}`;
}

/** Hidden and empty names, and those that Windows keeps for devices. */
const notAllowed = /^(\.|$|(con|prn|aux|nul|com\d|lpt\d)(\.|$))/i;

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
