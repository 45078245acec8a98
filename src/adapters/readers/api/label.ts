/** `create(String baseUrl)` in a signature becomes `create(String)`; annotations and packages of parameters go. */
export function labelOf(name: string, signature: string): string {
  const start = signature.indexOf(`${name}(`);
  if (start < 0) return name;
  let inner = signature.slice(start + name.length + 1).replace(/\)[^)]*$/, "");
  for (let before = ""; before !== inner;) {
    before = inner;
    inner = inner.replace(/<[^<>]*>/g, "");
  }
  const types = inner.split(",").map((parameter) => {
    const words = parameter
      .replace(/@[\w.]+(?:\([^)]*\))?\s*/g, "")
      .replace(/\bfinal\s+/g, "")
      .trim()
      .split(/\s+/);
    return (words.length > 1 ? words.slice(0, -1).join(" ") : (words[0] ?? "")).replace(
      /(?:\w+\.)+(?=\w)/g,
      "",
    );
  });
  return `${name}(${types.join(", ")})`;
}
