/** Judges a Java source without a compiler: the types that it imports, against the names in the jars. */
import { masked } from "../../generate/jvmSource";
import type { CheckedFile } from "../check";
import { findingAt, type Finding } from "../finding";
import { unknownImport, type NamesInVersion } from "./importFindings";

/** Packages of the JDK below `javax`; the others there moved to `jakarta` or come from libraries. */
const jdkPackages =
  /^(?:java|jdk|sun|com\.sun|org\.w3c|org\.xml|org\.ietf)\.|^javax\.(?:accessibility|annotation\.processing|crypto|imageio|lang|management|naming|net|print|rmi|script|security|smartcardio|sound|sql|swing|tools|transaction\.xa|xml(?!\.(?:bind|soap|ws)))\b/;

/** @param own True for a name in full that the project's own sources declare, or may declare. */
export function checkNames(
  file: Pick<CheckedFile, "path" | "text">,
  context: NamesInVersion,
  own: (qualifiedName: string) => boolean,
): readonly Finding[] {
  const visible = masked(file.text);
  const findings: Finding[] = [];
  for (const match of visible.matchAll(/^[^\S\n]*import\s+(static\s+)?([\w.]+?)(\.\*)?\s*;/gm)) {
    const [whole, isStatic, written = "", star] = match;
    const type = /^((?:[a-z_]\w*\.)*[A-Z]\w*(?:\.[A-Z]\w*)*)/.exec(written)?.[1];
    const name = star !== undefined && isStatic === undefined ? written : (type ?? written);
    const isPackage = star !== undefined && type === undefined;
    if (jdkPackages.test(`${name}.`) || own(name)) continue;
    if (isPackage ? context.names.hasPackage(name) : context.names.has(outerKnown(name, context))) continue;
    const start = match.index + whole.indexOf(written);
    const imported = { name, start, end: start + name.length, star: isPackage };
    findings.push(findingAt(file, imported, unknownImport(imported, context)));
  }
  return findings;
}

/** A constant that looks like a nested type (`import static a.B.MAX`) is a member of the type before it. */
function outerKnown(name: string, { names }: NamesInVersion): string {
  const outer = name.slice(0, Math.max(0, name.lastIndexOf(".")));
  return /\.[A-Z][A-Z\d_]*$/.test(name) && names.has(outer) ? outer : name;
}
