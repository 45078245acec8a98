package docwright.compiler;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;

import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic;

/**
 * What stands at a diagnostic.
 *
 * @param receiver the type that a member was looked for in, empty when there is none
 * @param members names of the members that this type does have
 * @param isPartial whether a type that the receiver extends or implements is not there, so that it may have more members
 * @param owner the type that declares a deprecated member, or the deprecated type itself; empty when unknown
 * @param name the member's name, empty for a type
 * @param parameters the member's parameter types, erased, as written in its declaration
 */
record Symbol(String receiver, List<String> members, boolean isPartial, String owner, String name, List<String> parameters) {

    private static final int MOST_MEMBERS = 400;

    private static final int DEEPEST_SUPERTYPE = 12;

    static boolean isAskedFor(Diagnostic<?> diagnostic) {
        String code = String.valueOf(diagnostic.getCode());
        return code.contains("cant.resolve") || code.contains("deprecated");
    }

    /** Null when nothing is known of the place. */
    static Symbol at(JavacTask task, CompilationUnitTree unit, Diagnostic<?> diagnostic) {
        Trees trees = Trees.instance(task);
        TreePath path = pathTo(trees.getSourcePositions(), unit, diagnostic);
        if (path == null) {
            return null;
        }
        if (String.valueOf(diagnostic.getCode()).contains("deprecated")) {
            return deprecated(task, trees.getElement(path));
        }
        if (path.getLeaf() instanceof MemberSelectTree select) {
            return membersOf(task, trees.getTypeMirror(new TreePath(path, select.getExpression())));
        }
        return null;
    }

    private static Symbol deprecated(JavacTask task, Element element) {
        if (element == null) {
            return null;
        }
        if (element instanceof TypeElement type) {
            return new Symbol("", List.of(), false, type.getQualifiedName().toString(), "", List.of());
        }
        if (!(element.getEnclosingElement() instanceof TypeElement owner)) {
            return null;
        }
        List<String> parameters = element instanceof ExecutableElement method ? method.getParameters().stream()
            .map((parameter) -> task.getTypes().erasure(parameter.asType()).toString())
            .toList() : List.of();
        return new Symbol("", List.of(), false, owner.getQualifiedName().toString(), element.getSimpleName().toString(), parameters);
    }

    private static Symbol membersOf(JavacTask task, TypeMirror type) {
        if (!(type instanceof DeclaredType declared) || !(declared.asElement() instanceof TypeElement element)) {
            return null;
        }
        Set<String> names = new TreeSet<>();
        for (Element member : task.getElements().getAllMembers(element)) {
            if (member.getEnclosingElement() instanceof TypeElement owner
                    && !owner.getQualifiedName().contentEquals("java.lang.Object")) {
                names.add(member.getSimpleName().toString());
            }
        }
        names.remove("<init>");
        return new Symbol(element.getQualifiedName().toString(), names.stream().limit(MOST_MEMBERS).toList(),
                isPartial(task, type, DEEPEST_SUPERTYPE), "", "", List.of());
    }

    private static boolean isPartial(JavacTask task, TypeMirror type, int depth) {
        for (TypeMirror above : task.getTypes().directSupertypes(type)) {
            if (above.getKind() == TypeKind.ERROR || (depth > 0 && isPartial(task, above, depth - 1))) {
                return true;
            }
        }
        return false;
    }

    /** The innermost name at the diagnostic; a chain of calls starts at one place with each of its parts, so the end decides. */
    private static TreePath pathTo(SourcePositions positions, CompilationUnitTree unit, Diagnostic<?> diagnostic) {
        TreePath[] found = new TreePath[1];
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
                take(tree);
                return super.visitMemberSelect(tree, unused);
            }

            @Override
            public Void visitIdentifier(IdentifierTree tree, Void unused) {
                take(tree);
                return super.visitIdentifier(tree, unused);
            }

            @Override
            public Void visitNewClass(NewClassTree tree, Void unused) {
                take(tree);
                return super.visitNewClass(tree, unused);
            }

            private void take(Tree tree) {
                if (positions.getStartPosition(unit, tree) == diagnostic.getStartPosition()
                        && positions.getEndPosition(unit, tree) == diagnostic.getEndPosition()) {
                    found[0] = getCurrentPath();
                }
            }
        }.scan(unit, null);
        return found[0];
    }

    void write(Json json) {
        json.field("receiver", this.receiver).openList("members");
        this.members.forEach(json::item);
        json.endList().field("isPartial", this.isPartial ? 1 : 0).field("owner", this.owner).field("name", this.name).openList("parameters");
        this.parameters.forEach(json::item);
        json.endList();
    }
}
