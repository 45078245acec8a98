import { Comment, Pair, parseLines } from "dot-properties";
import { profileOfFile, type PropertyUse, type UsesOf } from "./propertyUse";

/** The keys of a `.properties` file, document by document (`#---` begins the next one). */
export const propertiesFileUses: UsesOf = ({ path, text }) => {
  const fileProfile = profileOfFile(path);
  const documents: PropertyUse[][] = [[]];
  for (const node of parseLines(text, true)) {
    if (node instanceof Comment && /^[#!]---\s*$/.test(node.comment)) documents.push([]);
    if (!(node instanceof Pair) || node.key === "") continue;
    const [start, end, valueStart = end, valueEnd = valueStart] = node.range;
    documents.at(-1)?.push({
      name: node.key,
      start,
      end,
      value: { text: node.value, start: valueStart, end: valueEnd },
      style: "file",
      isWhole: true,
    });
  }
  return documents.flatMap((uses) => {
    const profile = activationOf(uses) ?? fileProfile;
    return profile === undefined ? uses : uses.map((use) => ({ ...use, profile }));
  });
};

/** The profiles that a document is for, as written. */
export function activationOf(uses: readonly PropertyUse[]): string | undefined {
  const profiles = uses.find(({ name }) => name === "spring.config.activate.on-profile")?.value?.text;
  return profiles === "" ? undefined : profiles;
}
