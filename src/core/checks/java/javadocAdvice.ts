import type { JavaDiagnostic } from "./compileJob";

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * What the javadoc of a deprecated member says after `@deprecated`, as one sentence.
 * @param source The text of the outermost type's source.
 */
export function deprecationAdvice(
  source: string,
  { owner, name, parameters }: Pick<JavaDiagnostic, "owner" | "name" | "parameters">,
): string | undefined {
  const simple = owner.slice(owner.lastIndexOf(".") + 1);
  const wanted = name === "" ? undefined : name === "<init>" ? simple : name;
  const declaration =
    wanted === undefined
      ? new RegExp(`\\b(?:class|interface|enum|record)\\s+${escaped(simple)}\\b`)
      : new RegExp(`\\b${escaped(wanted)}\\s*(\\(([^)]*)\\)|[;=])`);
  for (const comment of source.matchAll(/\/\*\*((?:[^*]|\*(?!\/))*)\*\//g)) {
    const [whole, body = ""] = comment;
    const tag = /@deprecated\s+([\s\S]*?)(?:\n\s*\*?\s*@\w|$)/.exec(body)?.[1];
    if (tag === undefined) continue;
    const after = source.slice(comment.index + whole.length, comment.index + whole.length + 1_500);
    const head = after.slice(
      0,
      (/[{;]/.exec(after.replace(/\([^()]*\)/g, (part) => "_".repeat(part.length)))?.index ?? after.length) +
        1,
    );
    const match = declaration.exec(head);
    if (!match) continue;
    const count = match[2] === undefined || match[2].trim() === "" ? 0 : match[2].split(",").length;
    if (wanted !== undefined && match[2] !== undefined && !sameCount(count, match[2], parameters.length))
      continue;
    const sentence = plain(tag);
    return sentence === "" ? undefined : sentence;
  }
  return undefined;
}

/** Commas inside type arguments are no parameters. */
function sameCount(rough: number, written: string, wanted: number): boolean {
  if (!written.includes("<")) return rough === wanted;
  let text = written;
  for (let before = ""; before !== text;) {
    before = text;
    text = text.replace(/<[^<>]*>/g, "");
  }
  return (text.trim() === "" ? 0 : text.split(",").length) === wanted;
}

function plain(tag: string): string {
  const text = tag
    .replace(/^\s*\*\s?/gm, "")
    .replace(
      /\{@\w+\s+([^{}]*)\}/g,
      (_, inner: string) => `\`${inner.trim().replace(/^#/, "").replace("#", ".")}\``,
    )
    .replace(/<[^>]+>/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);
  if (text === "") return "";
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
