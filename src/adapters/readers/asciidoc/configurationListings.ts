/**
 * Spring writes a configuration once, as YAML, in a listing marked `configblocks`; its build publishes it as properties and as YAML. So do we:
 * who asks for a property asks by its whole name, which YAML spreads over lines.
 */
import { Block, type AbstractBlock } from "@asciidoctor/core";
import { isMap, isScalar, isSeq, parseAllDocuments, type Node } from "yaml";

interface AsciidocTree {
  findBy(selector: { readonly context: string }): readonly AbstractBlock[];
}

/** Puts each marked listing's properties before it, as a listing of their own. What is no YAML stays as it is. */
export function addPropertiesListings(document: AsciidocTree): void {
  for (const listing of document.findBy({ context: "listing" })) {
    if (!(listing instanceof Block)) continue;
    const parent = listing.getParent() as AbstractBlock | undefined;
    if (!parent || !Object.values(listing.getAttributes() as object).includes("configblocks")) continue;
    const properties = propertiesOf(listing.getSource());
    if (properties === undefined) continue;
    const added = Block.create(parent, "listing", {
      attributes: { style: "source", language: "properties" },
      source: properties,
      subs: ["specialcharacters"],
    });
    added.style = "source";
    added.setTitle("Properties");
    if (!listing.hasTitle()) listing.setTitle("YAML");
    const blocks = parent.getBlocks() as unknown[];
    blocks.splice(blocks.indexOf(listing), 0, added);
  }
}

/** The same configuration as lines `key=value`, documents parted by `#---`; absent when the text is no mapping in YAML. */
export function propertiesOf(yaml: string): string | undefined {
  const documents = parseAllDocuments(yaml, { uniqueKeys: false });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  const texts = documents.map(({ contents }) =>
    isMap(contents) ? entries("", contents).join("\n") : undefined,
  );
  return texts.length === 0 || texts.includes(undefined) ? undefined : texts.join("\n#---\n");
}

function entries(key: string, node: Node | null | undefined): readonly string[] {
  if (isMap<Node, Node | null>(node)) {
    return node.items.flatMap((pair) => entries(joined(key, textOf(pair.key)), pair.value));
  }
  if (isSeq<Node>(node)) return node.items.flatMap((item, index) => entries(`${key}[${index}]`, item));
  return [`${key}=${textOf(node).trim().replaceAll("\n", "\\n\\\n")}`];
}

/** `"[a.b]"` is a map's key with a dot in it: the bracket follows its map without a dot. */
const joined = (outer: string, key: string) =>
  outer === "" || key.startsWith("[") ? outer + key : `${outer}.${key}`;

/** As it is written, so that `1.10` stays `1.10`. */
function textOf(node: Node | null | undefined): string {
  return isScalar(node) && node.value !== null ? (node.source ?? JSON.stringify(node.value)) : "";
}
