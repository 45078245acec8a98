package docwright.compiler;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.sun.source.util.JavacTask;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Runs compilations; the jars of the last class paths stay open, which is most of a warm compilation's speed. */
final class Compilations {

    private static final int KEPT_CLASS_PATHS = 4;

    private final Map<String, StandardJavaFileManager> open = new LinkedHashMap<>(8, 0.75f, true);

    void compile(CompileRequest request, Json json) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            json.field("crash", "this Java has no compiler");
            return;
        }
        Findings findings = new Findings();
        try (MemoryFileManager files = new MemoryFileManager(sharedFiles(compiler, request))) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, findings, request.options(), null, request.sources());
            findings.explainWith(task);
            task.call();
        }
        findings.write(json);
    }

    /** As texts, after id and name: class path and names in full, each separated by line feeds. */
    void describe(List<String> request, Json json) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> classPath = CompileRequest.lines(request.get(2));
        CompileRequest empty = new CompileRequest(classPath, List.of(), List.of(), List.of(), List.of());
        // What is wrong with a class file is no answer to what is asked here.
        JavacTask task = (JavacTask) compiler.getTask(null, sharedFiles(compiler, empty), (diagnostic) -> {
        }, List.of("-proc:none"), null, null);
        TypeFacts.write(task, CompileRequest.lines(request.get(3)), json);
    }

    private StandardJavaFileManager sharedFiles(JavaCompiler compiler, CompileRequest request) throws IOException {
        StandardJavaFileManager found = this.open.get(keyOf(request));
        if (found == null) {
            found = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
            found.setLocation(StandardLocation.CLASS_PATH, files(request.classPath()));
            found.setLocation(StandardLocation.ANNOTATION_PROCESSOR_PATH, files(request.processorPath()));
            found.setLocation(StandardLocation.SOURCE_PATH, files(request.sourcePath()));
            this.open.put(keyOf(request), found);
            if (this.open.size() > KEPT_CLASS_PATHS) {
                String oldest = this.open.keySet().iterator().next();
                this.open.remove(oldest).close();
            }
        }
        return found;
    }

    /** With the times of the entries: a jar that was built anew is opened anew. */
    private static String keyOf(CompileRequest request) {
        StringBuilder key = new StringBuilder();
        for (List<String> path : List.of(request.classPath(), request.processorPath(), request.sourcePath())) {
            for (String entry : path) {
                key.append(entry).append('@').append(new File(entry).lastModified()).append('\n');
            }
            key.append('\n');
        }
        return key.toString();
    }

    private static List<File> files(List<String> entries) {
        List<File> files = new ArrayList<>();
        for (String entry : entries) {
            if (Files.exists(Path.of(entry))) {
                files.add(new File(entry));
            }
        }
        return files;
    }
}
