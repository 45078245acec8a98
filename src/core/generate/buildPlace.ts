/** Places what a build file is asked for: dependencies and plugins of a pom, lines of Gradle's `dependencies` block. */
import { dedent, indentOf, indentText, reindent } from "./indentation";
import { blocksOf, masked } from "./jvmSource";
import { placeLines } from "./linePlace";
import type { Placement, PlaceRequest } from "./placement";
import { lineStart } from "./textEdit";

/** Elements of a pom and the path of the element that holds them. */
const homes: Readonly<Record<string, string>> = {
  dependency: "project/dependencies",
  plugin: "project/build/plugins",
};

export function placePom(request: PlaceRequest): Placement {
  const { text, start, end, unit } = request;
  if (start < end || text.trim() === "") return placeLines(request);
  const container = /^\s*<(dependencies|plugins)>([\s\S]*)<\/\1>\s*$/.exec(request.code);
  const code = dedent(container?.[2] ?? request.code);
  const element = /^<([\w.-]+)[\s>]/.exec(code)?.[1];
  const home = element === undefined ? undefined : homes[element];
  if (home === undefined) return placeLines(request);
  const elements = elementsOf(text);
  const inside = elements.findLast(({ open, close }) => open <= start && start <= close);
  if (inside?.path.endsWith(home.slice(home.lastIndexOf("/"))) === true) {
    return placeLines({ ...request, code });
  }
  const target = elements.find(({ path }) => path === home);
  if (!target) return newHome(request, home, code);
  const { fresh, notes } = withoutKnown(code, text.slice(target.open, target.close));
  if (fresh === "") return { edits: [], notes };
  const indent = indentOf(text.slice(lineStart(text, target.close))) + indentText(unit);
  const at = text.slice(0, target.close).trimEnd().length;
  return { edits: [{ start: at, end: at, text: `\n${reindent(fresh, indent, unit)}` }], notes };
}

/** A pom without the element that holds these gets it at its end. */
function newHome(request: PlaceRequest, home: string, code: string): Placement {
  const { text, unit } = request;
  const path = home.split("/");
  const parent = elementsOf(text).findLast((element) => home.startsWith(`${element.path}/`));
  if (!parent) return placeLines(request);
  const names = path.slice(parent.path.split("/").length);
  const indent = indentOf(text.slice(lineStart(text, parent.close)));
  const step = indentText(unit);
  const open = names.map((name, depth) => `${indent}${step.repeat(depth + 1)}<${name}>`);
  const close = names.map((name, depth) => `${indent}${step.repeat(depth + 1)}</${name}>`).reverse();
  const inner = reindent(code, indent + step.repeat(names.length + 1), unit);
  const at = text.slice(0, parent.close).trimEnd().length;
  return { edits: [{ start: at, end: at, text: ["", ...open, inner, ...close].join("\n") }], notes: [] };
}

export function placeGradle(request: PlaceRequest): Placement {
  const { text, start, end, unit } = request;
  if (start < end || text.trim() === "") return placeLines(request);
  const wrapped = /^\s*dependencies\s*\{([\s\S]*)\}\s*$/.exec(request.code)?.[1];
  const code = dedent(wrapped ?? request.code);
  const isDependencies =
    /^(implementation|api|runtimeOnly|compileOnly|test\w+|developmentOnly|annotationProcessor)\b/;
  if (wrapped === undefined && !isDependencies.test(code)) return placeLines(request);
  const visible = masked(text);
  const block = blocksOf(text).find(({ open }) => /(^|\n)dependencies\s*$/.test(visible.slice(0, open)));
  if (!block) {
    const lines = `\ndependencies {\n${reindent(code, indentText(unit), unit)}\n}\n`;
    return { edits: [{ start: text.trimEnd().length, end: text.length, text: `\n${lines}` }], notes: [] };
  }
  const known = new Set(
    text
      .slice(block.open, block.close)
      .split("\n")
      .map((line) => line.trim()),
  );
  const fresh = code.split("\n").filter((line) => !known.has(line.trim()));
  if (fresh.every((line) => line.trim() === ""))
    return { edits: [], notes: ["The dependencies are there already."] };
  const content = text.slice(0, block.close).trimEnd();
  const lines = reindent(fresh.join("\n"), indentText(unit), unit);
  const tail = text.slice(content.length, block.close).includes("\n") ? "" : "\n";
  return { edits: [{ start: content.length, end: content.length, text: `\n${lines}${tail}` }], notes: [] };
}

interface Element {
  readonly path: string;
  /** Offset after its opening tag, and of its closing tag. */
  readonly open: number;
  readonly close: number;
}

function elementsOf(text: string): readonly Element[] {
  const visible = text.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, (hidden) => " ".repeat(hidden.length));
  const found: Element[] = [];
  const path: { readonly name: string; readonly open: number }[] = [];
  for (const match of visible.matchAll(/<(\/?)([\w.-]+)[^<>]*?(\/?)>/g)) {
    const [tag, closing, name = "", empty] = match;
    if (closing === "/") {
      const last = path.pop();
      const names = [...path.map((each) => each.name), name];
      if (last) found.push({ path: names.join("/"), open: last.open, close: match.index });
    } else if (empty !== "/") path.push({ name, open: match.index + tag.length });
  }
  return found.sort((left, right) => left.open - right.open);
}

/** Leaves out what the pom has already, by its artifact. */
function withoutKnown(
  code: string,
  present: string,
): { readonly fresh: string; readonly notes: readonly string[] } {
  const artifact = (text: string) => /<artifactId>\s*([^<\s]+)\s*<\/artifactId>/.exec(text)?.[1];
  const notes: string[] = [];
  const fresh = code.replace(/<(dependency|plugin)>[\s\S]*?<\/\1>\n?/g, (whole) => {
    const name = artifact(whole);
    if (name === undefined || !present.includes(`<artifactId>${name}</artifactId>`)) return whole;
    notes.push(`${name} is in the pom already.`);
    return "";
  });
  return { fresh: fresh.trim() === "" ? "" : fresh, notes };
}
