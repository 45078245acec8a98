/** Names and values of a `.properties` file as Gradle projects write them: one a line, `=` or `:` between, `#` and `!` for comments. */
export function parseJavaProperties(text: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const line of text.replaceAll(/\\\r?\n\s*/g, "").split(/\r?\n/)) {
    const match = /^\s*([^#!\s=:][^\s=:]*)\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (match?.[1] !== undefined) entries.set(match[1], match[2] ?? "");
  }
  return entries;
}
