/** Which file a code block is for, as far as the answer says: on the fence, in the line above it, or in a comment that begins it. */

const fileName =
  /(?:[\w.-]+[\\/])*[\w.-]+\.(?:java|kts?|groovy|gradle(?:\.kts)?|xml|ya?ml|properties|sql|graphqls|html|json|txt)\b/g;

/** Longest line above a block that is taken for its title. */
const titleLength = 120;

/** The name on a fence or in the last line above it; with forward slashes. */
export function nameAbove(info: string, prose: string): string | undefined {
  const onFence = info.match(fileName)?.at(-1);
  if (onFence !== undefined) return clean(onFence);
  const title = prose.trimEnd().split("\n").at(-1)?.trim() ?? "";
  if (title.length > titleLength) return undefined;
  const isTitle = /[:*`#]/.test(title) || title.replace(fileName, "").trim() === "";
  const found = isTitle ? title.match(fileName)?.at(-1) : undefined;
  return found === undefined ? undefined : clean(found);
}

/** The name in a first comment that holds nothing else, and the code without that comment. */
export function nameInside(code: string): { readonly name?: string; readonly code: string } {
  const [first = "", ...rest] = code.trimStart().split("\n");
  const comment = /^\s*(?:\/\/+|#+|\/\*+|<!--)\s*(?:file(?:name)?:?\s*)?(.*?)\s*(?:\*\/|-->)?\s*$/i.exec(
    first,
  )?.[1];
  if (comment === undefined || rest.length === 0) return { code };
  const name = comment.match(fileName)?.[0];
  if (name === undefined || name !== comment) return { code };
  return { name: clean(name), code: rest.join("\n").replace(/^\n+/, "") };
}

const clean = (name: string) => name.replaceAll("\\", "/").replace(/^\.\//, "");
