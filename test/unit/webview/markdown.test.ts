// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../../src/webview/markdown/render";

const opened: string[] = [];
const actions = {
  copy: () => Promise.resolve(true),
  insert: () => Promise.resolve(true),
  apply: () => Promise.resolve(true),
  newFile: () => Promise.resolve(true),
  check: () => Promise.resolve(undefined),
  openLink: (address: string) => void opened.push(address),
};

function render(source: string): HTMLElement {
  const host = document.createElement("div");
  host.append(renderMarkdown(source, actions));
  return host;
}

describe("what a model could use against the reader stays text or goes away", () => {
  const attacks: readonly (readonly [name: string, source: string])[] = [
    ["a script", "<script>alert(1)</script>"],
    ["an image with a handler", "<img src=x onerror=alert(1)>"],
    ["an SVG that loads", "<svg onload=alert(1)><script>alert(1)</script></svg>"],
    ["a frame", '<iframe src="https://evil.example"></iframe>'],
    ["a form", '<form action="https://evil.example"><input name=q></form>'],
    ["a style", "<style>body{display:none}</style>"],
    ["a link in HTML", '<a href="javascript:alert(1)">x</a>'],
    ["a javascript link", "[x](javascript:alert(1))"],
    ["a javascript link in disguise", "[x](JaVaScRiPt:alert(1))"],
    ["a javascript link with an entity", "[x](&#106;avascript:alert(1))"],
    ["a command link", "[x](command:workbench.action.terminal.new)"],
    ["a vscode link", "[x](vscode://docwright.docwright/run)"],
    ["a file link", "[x](file:///etc/passwd)"],
    ["a data link", "[x](data:text/html,<script>alert(1)</script>)"],
    ["a link without a scheme", "[x](//evil.example)"],
    ["a remote image", "![x](https://evil.example/x.png)"],
    ["a data image", "![x](data:image/svg+xml;base64,PHN2Zz4=)"],
    ["an image by reference", "![x][y]\n\n[y]: https://evil.example/x.png"],
    ["a command autolink", "<command:workbench.action.quit>"],
    ["a code block's language", '```"><img src=x onerror=alert(1)>\ncode\n```'],
    ["HTML in a table", "| a |\n|---|\n| <img src=x onerror=alert(1)> |"],
    ["HTML in a heading", "# <svg/onload=alert(1)>"],
  ];
  test.each(attacks)("%s", (_name, source) => {
    const host = render(source);
    const dangerous =
      "script, img, svg, iframe, form, input, style, object, embed, link, base, a, [href], [src]";
    expect(host.querySelectorAll(dangerous)).toHaveLength(0);
    const attributes = [...host.querySelectorAll("*")].flatMap((each) => each.getAttributeNames());
    expect(attributes.filter((name) => name.startsWith("on") || name === "style")).toEqual([]);
    // an address that stands in the text may become a link, which asks; no other scheme ever does
    const addresses = [...host.querySelectorAll(".link")].map((link) => link.getAttribute("title"));
    expect(addresses.filter((address) => !address?.startsWith("https://"))).toEqual([]);
  });

  test("an image is replaced by its description", () => {
    expect(render("![a diagram](https://evil.example/x.png)").textContent.trim()).toBe("(image: a diagram)");
  });
});

describe("links", () => {
  test("ask the host on a click, and hold no address that the page could open", () => {
    const link = render("[the page](https://docs.example/a#b)").querySelector(".link");
    expect(link?.getAttribute("role")).toBe("link");
    expect(link?.getAttribute("title")).toBe("https://docs.example/a#b");
    (link as HTMLElement).click();
    expect(opened.at(-1)).toBe("https://docs.example/a#b");
  });

  test("open with Enter too", () => {
    const link = render("<https://docs.example/enter>").querySelector(".link");
    link?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
    expect(opened.at(-1)).toBe("https://docs.example/enter");
  });
});

describe("hidden characters are shown", () => {
  const cases: readonly (readonly [name: string, source: string, code: string])[] = [
    ["an override in text", "a \u202eb\u202c c", "U+202E"],
    ["an isolate in a heading", "# a\u2066b", "U+2066"],
    ["an override in a code block", "```java\nint a; // \u202e x\n```", "U+202E"],
    ["an override in inline code", "`a\u202eb`", "U+202E"],
    ["a zero-width space in a link", "[a\u200bb](https://docs.example)", "U+200B"],
    ["a tag character", "a\u{e0041}b", "U+E0041"],
  ];
  test.each(cases)("%s", (_name, source, code) => {
    const shown = render(source).querySelector(".hidden-character");
    expect(shown?.textContent).toBe(code);
  });

  test("an emoji of several parts stays whole", () => {
    const host = render("\u{1f469}\u200d\u{1f4bb}");
    expect(host.textContent.trim()).toBe("\u{1f469}\u200d\u{1f4bb}");
  });
});

describe("code", () => {
  test("is coloured by language and keeps its text", () => {
    const host = render('```java\npublic class A { String a = "b"; }\n```');
    expect(host.querySelector(".hljs-keyword")?.textContent).toBe("public");
    expect(host.querySelector("pre code")?.textContent).toBe('public class A { String a = "b"; }\n');
    expect(host.querySelector(".code-language")?.textContent).toBe("Java");
  });

  test("of an unknown language is plain", () => {
    const host = render("```brainfuck\n+++<b>\n```");
    expect(host.querySelector("pre code")?.innerHTML).toBe("+++&lt;b&gt;\n");
    expect(host.querySelector(".code-language")?.textContent).toBe("brainfuck");
  });

  test("is copied as the model wrote it, hidden characters included", async () => {
    const copied: string[] = [];
    const host = document.createElement("div");
    const copy = (code: string) => Promise.resolve(copied.push(code) > 0);
    host.append(renderMarkdown("```java\nint a; // \u202ex\n```", { ...actions, copy }));
    const buttons = [...host.querySelectorAll("button")];
    buttons.find(({ textContent }) => textContent === "Copy")?.click();
    await Promise.resolve();
    expect(copied).toEqual(["int a; // \u202ex"]);
  });
});

test("headings stand below the question whatever level the model chose", () => {
  const host = render("# A\n\n#### B");
  expect([...host.querySelectorAll("h1, h2, h3, h4")].map(({ tagName }) => tagName)).toEqual(["H3", "H3"]);
});
