import createMarkdownIt, { type MarkdownIt } from "markdown-it";
import { t } from "../words";

/**
 * The one Markdown parser: no raw HTML, no images, links to http(s) only. All headings come out as `h3` with their level as a class, since
 * an answer stands below its question (`h2`) and a model's levels skip.
 */
export const markdown = createParser();

function createParser(): MarkdownIt {
  const parser = createMarkdownIt({ html: false, linkify: true, breaks: false });
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  parser.validateLink = (address) => /^https?:\/\//i.test(address.trim());
  const { rules } = parser.renderer;
  rules["heading_open"] = (tokens, index) => `<h3 class="${tokens[index]?.tag ?? ""}">`;
  rules["heading_close"] = () => "</h3>\n";
  rules["image"] = (tokens, index) => {
    const alt = tokens[index]?.content ?? "";
    return `<em>${parser.utils.escapeHtml(alt === "" ? t("(image)") : t("(image: {0})", alt))}</em>`;
  };
  return parser;
}
