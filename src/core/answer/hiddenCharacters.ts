/**
 * Characters that change what code does or how it looks without being seen, and names that are not what they seem: direction overrides and
 * isolates, zero-width characters, tags, control characters, letters of two alphabets in one name.
 */
import type { Translate } from "../translate";

/** A character that is not seen, by its place in the text in UTF-16 code units. */
export interface HiddenCharacter {
  readonly start: number;
  readonly end: number;
  /** As people write it: `U+202E`. */
  readonly name: string;
}

/** Scripts in which joiners are part of how words are written. */
const joining = [
  ...["Arabic", "Syriac", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu"],
  ...["Kannada", "Malayalam", "Sinhala", "Khmer", "Myanmar", "Mongolian", "Tibetan"],
]
  .map((script) => `\\p{Script=${script}}`)
  .join("");

/** Emoji need joiners and variation selectors, some scripts joiners; elsewhere they only hide something. */
const pattern = new RegExp(
  [
    String.raw`(?<!\p{Extended_Pictographic})[\ufe0e-\ufe0f]`,
    String.raw`(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f-\ufe0f${joining}])[\u200c-\u200d]`,
    String.raw`(?![\t\n\r\u200c-\u200d\ufe0e-\ufe0f])[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\ufff9-\ufffb]`,
  ].join("|"),
  "gu",
);

export function findHiddenCharacters(text: string): readonly HiddenCharacter[] {
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    name: `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
  }));
}

/** A text to look at, with each hidden character by its name in brackets. */
export function showHidden(text: string): string {
  let shown = "";
  let from = 0;
  for (const { start, end, name } of findHiddenCharacters(text)) {
    shown += `${text.slice(from, start)}[${name}]`;
    from = end;
  }
  return shown + text.slice(from);
}

/** A name in which Latin letters stand beside ones of another script that look like them. */
export interface MixedName {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

export function findMixedNames(text: string): readonly MixedName[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}_$]+/gu)]
    .filter(([name]) => /\p{Script=Latin}/u.test(name) && lookalikes.test(name))
    .map(({ 0: name, index }) => ({ start: index, end: index + name.length, name }));
}

const lookalikes = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;

/** What a person is to know of code before it is taken, in a sentence's part; undefined when all of it can be seen. */
export function hiddenText(text: string, t: Translate): string | undefined {
  const counts = new Map<string, number>();
  for (const { name } of findHiddenCharacters(text)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const mixed = [...new Set(findMixedNames(text).map(({ name }) => name))];
  const parts = [
    ...(counts.size === 0 ? [] : [t("hidden characters: {0}", listed([...counts].map(counted)))]),
    ...(mixed.length === 0 ? [] : [t("letters of several alphabets in one name: {0}", listed(mixed))]),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}

const counted = ([name, count]: readonly [string, number]) => (count === 1 ? name : `${name} (${count}×)`);

const mostListed = 8;
const listed = (names: readonly string[]) =>
  names.length <= mostListed
    ? names.join(", ")
    : `${names.slice(0, mostListed).join(", ")} + ${names.length - mostListed}`;
