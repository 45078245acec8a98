/**
 * What the two labels are called, from the lines of a `label_display_names.jsonl`: one object a label (`{"label": 0, "…": "name"}`), or one
 * object of all (`{"0": "…", "1": "…"}`). A label that is not named keeps its number.
 */
export function readLabelNames(content: string): readonly [string, string] {
  const names: [string, string] = ["0", "1"];
  for (const line of content.split("\n")) {
    if (line.trim() === "") continue;
    let parsed: unknown;
    try {
      parsed = JSON.parse(line);
    } catch {
      continue;
    }
    if (typeof parsed !== "object" || parsed === null) continue;
    const entries = Object.entries(parsed as Readonly<Record<string, unknown>>);
    const label = entries.find(([key]) => key === "label")?.[1];
    const name = entries.find(([key, value]) => key !== "label" && typeof value === "string")?.[1];
    if ((label === 0 || label === 1) && typeof name === "string") names[label] = name;
    for (const [key, value] of entries)
      if ((key === "0" || key === "1") && typeof value === "string") names[Number(key)] = value;
  }
  return names;
}
