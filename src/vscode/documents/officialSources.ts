/** Where the official reference of a version is published, from the manifest that comes with the package. */
import manifest from "../../../docs-index/sources.json";

export interface OfficialDocument {
  readonly title: string;
  readonly url: string;
  readonly notice: string;
}

/**
 * The one document that holds the whole reference of a version, the PDF first. Undefined for versions that are published only page by page
 * (3.3 and later) or not at all.
 */
export function officialDocument(version: string): OfficialDocument | undefined {
  const source = manifest.sources.find(({ line }) => version === line || version.startsWith(`${line}.`));
  const whole = source?.documents.find(({ format }) => format === "pdf");
  if (!source || !whole) return undefined;
  const exact = version === source.line ? source.latest : version;
  return {
    title: source.title.replace(source.line, exact),
    url: whole.url.replaceAll("{version}", exact).replaceAll("{line}", source.line),
    notice: manifest.licence.notice,
  };
}

/** The page where a line's reference can be read and printed; for versions that have no single document. */
export function officialPage(version: string): string | undefined {
  const source = manifest.sources.find(({ line }) => version === line || version.startsWith(`${line}.`));
  const page = source?.documents.find(({ format }) => format === "antora" || format === "html-single");
  return page?.url.replaceAll("{version}", version).replaceAll("{line}", source?.line ?? version);
}
