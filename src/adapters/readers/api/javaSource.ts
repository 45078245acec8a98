/** The documented types of a Java source file, as its javadoc would show them; used where a dependency has no javadoc jar. */
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@lezer/java";
import type { ApiMember, ApiType } from "../../../core/api/apiType";
import { docCommentBlocks } from "./docComment";
import { labelOf } from "./label";

const types = new Set([
  "ClassDeclaration",
  "InterfaceDeclaration",
  "EnumDeclaration",
  "RecordDeclaration",
  "AnnotationTypeDeclaration",
]);
const bodies = new Set([
  "ClassBody",
  "InterfaceBody",
  "EnumBody",
  "RecordBody",
  "AnnotationTypeBody",
  "EnumBodyDeclarations",
]);
const members = new Set([
  "MethodDeclaration",
  "ConstructorDeclaration",
  "CompactConstructorDeclaration",
  "FieldDeclaration",
  "ConstantDeclaration",
  "AnnotationTypeElementDeclaration",
  "EnumConstant",
]);

/**
 * Public and protected types in the file's order, nested ones after their outer one. What the parser does not understand costs no more than
 * the member it stands in.
 * @param path Of the file below the jar's root.
 */
export function readJavaSource(path: string, source: string): readonly ApiType[] {
  // The grammar loses its way at class literals in annotations; a field of the same length stands where they stand.
  const tree = parser.parse(source.replaceAll(/\.class\b/g, ".clazz")).topNode;
  const text = (node: SyntaxNode | null) => (node ? source.slice(node.from, node.to) : "");
  const packageName = text(tree.getChild("PackageDeclaration")).replace(/^[^]*?\bpackage\s+|\s*;$/g, "");
  // Annotations and their elements have no definition in this grammar.
  const nameOf = (node: SyntaxNode) => text(node.getChild("Definition") ?? node.getChild("Identifier"));
  const found: ApiType[] = [];

  const enter = (node: SyntaxNode, outer: string, isShown: boolean): void => {
    const name = nameOf(node);
    if (name === "" || !isShown) return;
    const fullName = outer === "" ? name : `${outer}.${name}`;
    const body = childrenOf(node).find(({ name: kind }) => bodies.has(kind));
    const own: ApiMember[] = [];
    const nested: SyntaxNode[] = [];
    const isOpen = node.name === "InterfaceDeclaration" || node.name === "AnnotationTypeDeclaration";
    const shown = (member: SyntaxNode) =>
      isOpen || member.name === "EnumConstant"
        ? !hasModifier(member, "private")
        : hasModifier(member, "public") || hasModifier(member, "protected");
    for (const member of body ? membersOf(body) : []) {
      if (types.has(member.name)) nested.push(member);
      else if (shown(member)) own.push(...memberOf(member, `${path}#${outer === "" ? "" : `${name}.`}`));
    }
    found.push({
      name: fullName,
      packageName,
      place: outer === "" ? path : `${path}#${fullName}`,
      signature: signatureOf(node, body),
      description: docOf(node),
      members: own,
    });
    for (const type of nested) enter(type, fullName, shown(type));
  };

  const memberOf = (node: SyntaxNode, place: string): ApiMember[] => {
    const names = node.getChildren("VariableDeclarator").map((each) => text(each.getChild("Definition")));
    const signature = signatureOf(
      node,
      node.getChild("Block") ?? node.getChild("ConstructorBody") ?? node.getChild("ClassBody"),
    );
    const description = docOf(node);
    return (names.length > 0 ? names : [nameOf(node)])
      .filter((name) => name !== "")
      .map((name) => {
        const isCall = node.getChild("FormalParameters") !== null;
        const label = isCall ? labelOf(name, signature) : name;
        return { name, label, place: place + label, signature, description };
      });
  };

  /** From the modifiers to where the body begins, on as few lines as it has annotations. */
  const signatureOf = (node: SyntaxNode, body: SyntaxNode | null | undefined): string =>
    source
      .slice(node.from, body?.from ?? node.to)
      .replaceAll(/\/\*[^]*?\*\/|\/\/[^\n]*/g, "")
      .replaceAll(/\s*\n\s*/g, "\n")
      .replaceAll(/^((?!@).*)\n/gm, "$1 ")
      .replace(/[\s;]+$/, "");

  const docOf = (node: SyntaxNode) => {
    const comment = node.prevSibling;
    const written = comment?.name === "BlockComment" ? text(comment) : "";
    return written.startsWith("/**") ? docCommentBlocks(written) : [];
  };

  const hasModifier = (node: SyntaxNode, modifier: string): boolean =>
    (node.getChild("Modifiers")?.getChild(modifier) ?? null) !== null;

  for (const node of childrenOf(tree)) if (types.has(node.name)) enter(node, "", hasModifier(node, "public"));
  return found;
}

/** Members of a body; an enum keeps those after its constants in a part of their own. */
function membersOf(body: SyntaxNode): SyntaxNode[] {
  return childrenOf(body).flatMap((child) =>
    bodies.has(child.name)
      ? membersOf(child)
      : types.has(child.name) || members.has(child.name)
        ? [child]
        : [],
  );
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}
