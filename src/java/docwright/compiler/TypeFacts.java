package docwright.compiler;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.sun.source.util.JavacTask;

import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** What can be seen of a type from outside: enough to tell whether it is the one that code means by a simple name. */
final class TypeFacts {

    private static final int MOST_MEMBERS = 2_000;

    /** More say nothing to a reader. */
    private static final int MOST_METHODS = 60;

    private TypeFacts() {
    }

    /** Types that are not there, or not public, are left out. */
    static void write(JavacTask task, List<String> names, Json json) {
        json.openList("types");
        for (String name : names) {
            TypeElement type = task.getElements().getTypeElement(name);
            if (type != null && isOpen(type)) {
                json.open()
                    .field("name", name)
                    .field("kind", type.getKind().name())
                    .field("isAbstract", type.getModifiers().contains(Modifier.ABSTRACT) ? 1 : 0)
                    .field("typeParameters", type.getTypeParameters().size())
                    .openList("statics");
                statics(task, type).forEach(json::item);
                json.endList().openList("constants");
                constants(type).forEach(json::item);
                json.endList().openList("methods");
                methods(task, type).forEach(json::item);
                json.endList().end();
            }
        }
        json.endList();
    }

    private static boolean isOpen(Element type) {
        for (Element at = type; at instanceof TypeElement; at = at.getEnclosingElement()) {
            boolean isInInterface = at.getEnclosingElement() instanceof TypeElement outer && outer.getKind().isInterface();
            if (!at.getModifiers().contains(Modifier.PUBLIC) && !isInInterface) {
                return false;
            }
        }
        return true;
    }

    /** What may follow the type's name and a dot. */
    private static Set<String> statics(JavacTask task, TypeElement type) {
        Set<String> found = new TreeSet<>();
        for (Element member : task.getElements().getAllMembers(type)) {
            boolean isStatic = member instanceof TypeElement || member.getModifiers().contains(Modifier.STATIC);
            if (isStatic && found.size() < MOST_MEMBERS) {
                found.add(member.getSimpleName().toString());
            }
        }
        return found;
    }

    /** Of an enum, in their order. */
    private static List<String> constants(TypeElement type) {
        return type.getEnclosedElements().stream()
            .filter((member) -> member.getKind() == ElementKind.ENUM_CONSTANT)
            .map((member) -> member.getSimpleName().toString())
            .toList();
    }

    /** Names of the public methods that it declares, and after them those that it inherits from others than Object; of annotations their attributes. */
    private static Set<String> methods(JavacTask task, TypeElement type) {
        Set<String> found = new LinkedHashSet<>();
        List<ExecutableElement> own = ElementFilter.methodsIn(type.getEnclosedElements());
        List<ExecutableElement> all = ElementFilter.methodsIn(task.getElements().getAllMembers(type));
        for (List<ExecutableElement> some : List.of(own, all)) {
            for (ExecutableElement method : some) {
                TypeElement owner = (TypeElement) method.getEnclosingElement();
                boolean isEverywhere = owner.getQualifiedName().contentEquals("java.lang.Object")
                        || owner.getQualifiedName().contentEquals("java.lang.annotation.Annotation");
                if (method.getModifiers().contains(Modifier.PUBLIC) && !isEverywhere && found.size() < MOST_METHODS) {
                    found.add(method.getSimpleName().toString());
                }
            }
        }
        return found;
    }
}
