/** Where the official reference of a version is published, from the manifest that comes with the package. */
import manifest from "../../../docs-index/sources.json";
import type { DocumentWish } from "../document/documentWish";

export type OfficialFormat = "html" | "pdf" | "site";

export interface OfficialSource {
  readonly title: string;
  readonly format: OfficialFormat;
  readonly wish: DocumentWish;
  /** The page that a person can open. */
  readonly url: string;
  /** The version that its set is for: a whole one, or the line where only the line's newest release is published. */
  readonly springBootVersion: string;
  /** What the publisher wants to be known. */
  readonly notice: string;
  /** The line is newer than this Docwright: the address follows the pattern of the newest one it knows. */
  readonly assumed: boolean;
}

type Line = (typeof manifest.sources)[number];

/** Links between the start page and any page of the reference; its navigation names all of them on every page. */
const depth = 6;
/** The reference has about 250 pages; the rest are its build tools' and the REST interface's. */
const pages = 800;
/** Javadoc has thousands of pages; the jars of the project's dependencies hold it too. */
const exclude = ["api/java/", "api/kotlin/"];

/** The ways to get the whole reference of a version, the best first; none for lines before the oldest one known. */
export function officialSources(version: string): readonly OfficialSource[] {
  const known = manifest.sources.find(({ line }) => version === line || version.startsWith(`${line}.`));
  const source = known ?? newerLine(version);
  if (!source) return [];
  const exact = version === source.line ? source.latest : version;
  const address = (pattern: string) =>
    pattern.replaceAll("{version}", exact).replaceAll("{line}", source.line);
  const made = source.documents.flatMap(({ format, url, prefix }): readonly OfficialSource[] => {
    const common = { url: address(url), notice: manifest.licence.notice, assumed: known === undefined };
    switch (format) {
      case "html-single":
      case "pdf": {
        const wish: DocumentWish = { kind: "download", url: common.url };
        const title = source.title.replace(source.line, exact);
        return [
          { ...common, format: format === "pdf" ? "pdf" : "html", title, springBootVersion: exact, wish },
        ];
      }
      case "antora": {
        const bounds = { start: common.url, prefix: address(prefix ?? url), depth, pages, exclude };
        const wish: DocumentWish = { kind: "site", bounds, expectVersion: source.line };
        return [{ ...common, format: "site", title: source.title, springBootVersion: source.line, wish }];
      }
      default:
        return [];
    }
  });
  // Measured: questions find their section in the HTML more often than in the PDF, and it is a quarter of the size.
  return made.sort((left, right) => order.indexOf(left.format) - order.indexOf(right.format));
}

const order: readonly OfficialFormat[] = ["html", "site", "pdf"];

function newerLine(version: string): Line | undefined {
  const newest = manifest.sources.at(-1);
  const line = /^\d+\.\d+/.exec(version)?.[0];
  if (!newest || line === undefined || !isNewer(line, newest.line)) return undefined;
  return { ...newest, line, latest: line, title: newest.title.replace(newest.line, line) };
}

function isNewer(line: string, than: string): boolean {
  const [major = 0, minor = 0] = line.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = than.split(".").map(Number);
  return major > otherMajor || (major === otherMajor && minor > otherMinor);
}
