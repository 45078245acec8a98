import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;

import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles all samples of the field guide in one run of the JDK's own compiler and says which of the symbols that a
 * section claims to teach the compiler did not resolve in its sample.
 *
 * <p>Started as {@code java GuideSamples.java CLASSPATH SAMPLES METADATA}: a file with the class path, a file with one
 * line a sample ({@code java file TAB symbol,symbol}), and a folder that receives the configuration metadata of the jars.
 * A symbol is {@code fully.qualified.Type} or {@code fully.qualified.Type#member}. Prints
 * {@code diagnostic TAB file TAB line TAB text} and {@code missing TAB file TAB symbol}; a deprecated call is a
 * diagnostic too. The last line is {@code done TAB samples TAB symbols}.
 */
public final class GuideSamples {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    private GuideSamples() {
    }

    public static void main(String[] arguments) throws IOException {
        String classPath = Files.readString(Path.of(arguments[0])).strip();
        Map<Path, List<String>> samples = readSamples(Path.of(arguments[1]));
        copyMetadata(classPath, Path.of(arguments[2]));

        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Map<Path, Set<String>> found = new HashMap<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("--release", "17", "-proc:none", "-parameters", "-Xlint:deprecation,removal",
                    "-Xmaxerrs", "1000", "-Xmaxwarns", "1000", "-classpath", classPath);
            JavacTask task = (JavacTask) compiler.getTask(null, files, diagnostics, options, null,
                    files.getJavaFileObjectsFromPaths(samples.keySet()));
            Iterable<? extends CompilationUnitTree> units = task.parse();
            task.analyze();
            for (CompilationUnitTree unit : units) {
                SymbolScanner scanner = new SymbolScanner(task);
                unit.getTypeDecls().forEach((type) -> scanner.scan(Trees.instance(task).getPath(unit, type), null));
                found.put(Path.of(unit.getSourceFile().toUri()), scanner.symbols);
            }
        }
        diagnostics.getDiagnostics().forEach(GuideSamples::print);
        int symbols = 0;
        for (Map.Entry<Path, List<String>> sample : samples.entrySet()) {
            for (String symbol : sample.getValue()) {
                symbols++;
                if (!found.getOrDefault(sample.getKey(), Set.of()).contains(symbol)) {
                    System.out.printf("missing\t%s\t%s%n", sample.getKey(), symbol);
                }
            }
        }
        System.out.printf("done\t%d\t%d%n", samples.size(), symbols);
    }

    private static Map<Path, List<String>> readSamples(Path list) throws IOException {
        Map<Path, List<String>> samples = new HashMap<>();
        for (String line : Files.readAllLines(list)) {
            String[] parts = line.split("\t", -1);
            samples.put(Path.of(parts[0]), parts[1].isEmpty() ? List.of() : List.of(parts[1].split(",")));
        }
        return samples;
    }

    private static void copyMetadata(String classPath, Path target) throws IOException {
        for (String entry : classPath.split(File.pathSeparator)) {
            try (JarFile jar = new JarFile(entry)) {
                var metadata = jar.getEntry(METADATA);
                if (metadata != null) {
                    Files.write(target.resolve(Path.of(entry).getFileName() + ".json"),
                            jar.getInputStream(metadata).readAllBytes());
                }
            }
        }
    }

    private static void print(Diagnostic<? extends JavaFileObject> diagnostic) {
        if (diagnostic.getKind() == Diagnostic.Kind.NOTE) {
            return;
        }
        URI uri = (diagnostic.getSource() != null) ? diagnostic.getSource().toUri() : URI.create("file:///");
        boolean isSample = diagnostic.getSource() != null && uri.getPath().endsWith(".java");
        // A class file on the class path that misses an optional annotation of its own says nothing about a sample.
        if (!isSample) {
            return;
        }
        System.out.printf("diagnostic\t%s\t%d\t%s%n", Path.of(uri), diagnostic.getLineNumber(),
                diagnostic.getMessage(null).replaceAll("\\s*\\R\\s*", " | "));
    }

    /** Collects every type, and every member as {@code Type#member}, that the compiler resolved in a sample's body. */
    private static final class SymbolScanner extends TreePathScanner<Void, Void> {

        private final Set<String> symbols = new HashSet<>();

        private final Trees trees;

        private final Elements elements;

        private final Types types;

        SymbolScanner(JavacTask task) {
            this.trees = Trees.instance(task);
            this.elements = task.getElements();
            this.types = task.getTypes();
        }

        @Override
        public Void scan(Tree tree, Void unused) {
            if (tree != null && getCurrentPath() != null) {
                add(this.trees.getElement(new TreePath(getCurrentPath(), tree)));
            }
            return super.scan(tree, unused);
        }

        @Override
        public Void visitMethod(MethodTree tree, Void unused) {
            if (this.trees.getElement(getCurrentPath()) instanceof ExecutableElement method) {
                addOverridden(method, (TypeElement) method.getEnclosingElement());
            }
            return super.visitMethod(tree, unused);
        }

        /** A member counts under the type of the expression it is called on, too, not only where it is declared. */
        @Override
        public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
            addUnderReceiver(tree.getExpression());
            return super.visitMemberSelect(tree, unused);
        }

        @Override
        public Void visitMemberReference(MemberReferenceTree tree, Void unused) {
            addUnderReceiver(tree.getQualifierExpression());
            return super.visitMemberReference(tree, unused);
        }

        private void addUnderReceiver(Tree expression) {
            Element member = this.trees.getElement(getCurrentPath());
            TypeMirror receiver = this.trees.getTypeMirror(new TreePath(getCurrentPath(), expression));
            if (member != null && member.getEnclosingElement() instanceof TypeElement && receiver != null
                    && this.types.asElement(receiver) instanceof TypeElement type) {
                this.symbols.add(type.getQualifiedName() + "#" + member.getSimpleName());
            }
        }

        private void add(Element element) {
            if (element instanceof TypeElement type) {
                this.symbols.add(type.getQualifiedName().toString());
            }
            else if (element != null && (element instanceof ExecutableElement || element.getKind().isField())
                    && element.getEnclosingElement() instanceof TypeElement type) {
                String name = (element.getKind() == ElementKind.CONSTRUCTOR) ? type.getSimpleName().toString()
                        : element.getSimpleName().toString();
                this.symbols.add(type.getQualifiedName() + "#" + name);
                this.symbols.add(type.getQualifiedName().toString());
            }
        }

        private void addOverridden(ExecutableElement method, TypeElement type) {
            for (TypeMirror supertype : this.types.directSupertypes(type.asType())) {
                TypeElement element = (TypeElement) this.types.asElement(supertype);
                for (ExecutableElement candidate : ElementFilter.methodsIn(element.getEnclosedElements())) {
                    if (this.elements.overrides(method, candidate, (TypeElement) method.getEnclosingElement())) {
                        add(candidate);
                    }
                }
                addOverridden(method, element);
            }
        }

    }

}
