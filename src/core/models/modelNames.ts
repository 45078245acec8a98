/** Compares names as Ollama does: without a tag `latest` is meant, and case does not count. */
export function isSameModel(left: string, right: string): boolean {
  return withTag(left) === withTag(right);
}

function withTag(name: string): string {
  const lower = name.toLowerCase();
  return lower.slice(lower.lastIndexOf("/") + 1).includes(":") ? lower : `${lower}:latest`;
}
