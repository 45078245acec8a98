/** The links of a page, read as a stream of tags: a page of some megabytes takes moments and no tree. */
import { readFile } from "node:fs/promises";
import { Parser } from "htmlparser2";
import { versionIn } from "../statedVersion";
import type { PageLinks } from "../../../core/site/pageLinks";
import { pageAddress } from "../../../core/site/siteAddress";
import { decodeText } from "../decode";

/**
 * @param path Of the page's file.
 * @param address Where it came from: relative links start there.
 */
export async function readPageLinks(path: string, address: string, signal: AbortSignal): Promise<PageLinks> {
  const bytes = await readFile(path, { signal });
  return pageLinks(decodeText(bytes), address);
}

export function pageLinks(source: string, address: string): PageLinks {
  let base = address;
  let title = "";
  let [inTitle, hasTitle] = [false, false];
  const found: { version?: string; canonical?: string; forward?: string } = {};
  const hrefs: string[] = [];
  const absolute = (href: string | undefined) => pageAddress(href?.trim() ?? "", base);

  const parser = new Parser({
    onopentag(name, attributes) {
      const href = attributes["href"];
      if (name === "title") inTitle = !hasTitle;
      else if (name === "base" && href !== undefined) base = absolute(href) ?? base;
      else if (name === "link" && /\bcanonical\b/i.test(attributes["rel"] ?? "")) {
        const canonical = absolute(href);
        if (canonical !== undefined) found.canonical ??= canonical;
      } else if (name === "meta") readMeta(attributes);
      else if ((name === "a" || name === "area") && href !== undefined) hrefs.push(href);
    },
    ontext(text) {
      if (inTitle) title += text;
    },
    onclosetag(name) {
      if (name !== "title") return;
      hasTitle ||= inTitle;
      inTitle = false;
    },
  });
  const readMeta = (attributes: Readonly<Record<string, string>>) => {
    const content = attributes["content"] ?? "";
    if (/^(page-)?version$|^docsearch:version$/i.test(attributes["name"] ?? "")) {
      const version = versionIn(content);
      if (version !== undefined) found.version ??= version;
    } else if (/^refresh$/i.test(attributes["http-equiv"] ?? "")) {
      const forward = absolute(/url\s*=\s*['"]?([^'"]+)/i.exec(content)?.[1]);
      if (forward !== undefined) found.forward ??= forward;
    }
  };
  parser.end(source);

  const links = new Set(hrefs.flatMap((href) => absolute(href) ?? []));
  const name = title.replace(/\s+/g, " ").trim();
  return { ...(name !== "" && { title: name }), ...found, links: [...links] };
}
