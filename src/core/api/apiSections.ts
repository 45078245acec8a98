/** Documented types as sections: one for the head of each type, one for each member that something is said of, within a budget. */
import type { Block, Section } from "../document/section";
import type { ApiMember, ApiType } from "./apiType";

export interface ApiBudget {
  /** Characters of one type. A page of javadoc has 17,000 tokens at the median, most of them tables that say again what stands below. */
  readonly typeCharacters: number;
  /** Sections of one artifact. */
  readonly sections: number;
}

export const defaultApiBudget: ApiBudget = { typeCharacters: 20_000, sections: 6_000 };

export interface ApiSections {
  readonly sections: readonly Section[];
  /** Members that something is said of and that the budget left out; their types' heads still name them. */
  readonly leftOut: number;
}

/** Longest list of members in the head of a type. */
const longestList = 1_200;
/** The most of a type's description; some explain a whole module. */
const longestDescription = 6_000;

/**
 * Every type's head comes before any member when the budget decides, so that each type is found by its name; the room that is left is shared so
 * that no type goes without while another has more. In the result a type's members follow its head.
 */
export function apiSections(
  types: readonly ApiType[],
  { typeCharacters, sections: most }: ApiBudget = defaultApiBudget,
): ApiSections {
  const documented = types.map(({ members }) => members.filter(({ description }) => description.length > 0));
  const share = fairShare(
    documented.map(({ length }) => length),
    Math.max(0, most - types.length),
  );
  let leftOut = Math.max(0, types.length - most);
  const sections = types.slice(0, most).flatMap((type, index) => {
    const head = headSection(type);
    let characters = lengthOf(head.blocks);
    const members: Section[] = [];
    for (const member of documented[index] ?? []) {
      const section = memberSection(type, member);
      characters += lengthOf(section.blocks);
      if (members.length >= share || characters > typeCharacters) leftOut++;
      else members.push(section);
    }
    return [head, ...members];
  });
  return { sections, leftOut };
}

/** The largest number that each may have so that all together have no more than there is room for. */
function fairShare(counts: readonly number[], room: number): number {
  let share = 0;
  const taken = (each: number) => counts.reduce((sum, count) => sum + Math.min(count, each), 0);
  const largest = Math.max(0, ...counts);
  while (share < largest && taken(share + 1) <= room) share++;
  return share;
}

function headSection(type: ApiType): Section {
  const { name, packageName, place, signature, description } = type;
  const list = memberList(type.members);
  return {
    headingPath: [packageName, name].filter((part) => part !== ""),
    anchor: place,
    blocks: [
      { kind: "code", language: "java", text: signature },
      ...within(description, longestDescription),
      ...(list === "" ? [] : [{ kind: "prose", text: list } as const]),
    ],
  };
}

function memberSection({ name, packageName }: ApiType, member: ApiMember): Section {
  return {
    headingPath: [packageName, `${name}.${member.label}`].filter((part) => part !== ""),
    anchor: member.place,
    blocks: [{ kind: "code", language: "java", text: member.signature }, ...member.description],
  };
}

function memberList(members: readonly ApiMember[]): string {
  const labels = [...new Set(members.map(({ label }) => `\`${label}\``))];
  let list = "";
  for (const [index, label] of labels.entries()) {
    if (list.length + label.length > longestList)
      return `Members: ${list}, and ${labels.length - index} more.`;
    list += `${list === "" ? "" : ", "}${label}`;
  }
  return list === "" ? "" : `Members: ${list}.`;
}

/** Whole blocks from the start; the first is kept whatever its length. */
function within(blocks: readonly Block[], most: number): readonly Block[] {
  let length = 0;
  return blocks.filter(({ text }, index) => {
    length += text.length;
    return index === 0 || length <= most;
  });
}

function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0);
}
