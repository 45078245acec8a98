package docwright.compiler;

import java.util.ArrayList;
import java.util.List;

/**
 * What to compile. As texts, after id and name: class path, processor path, source path (each entries separated by line feeds), the
 * number of options, the options, and for each source its path, its role and its text.
 */
record CompileRequest(List<String> classPath, List<String> processorPath, List<String> sourcePath, List<String> options,
        List<SourceText> sources) {

    static CompileRequest of(List<String> request) {
        int at = 2;
        List<String> classPath = lines(request.get(at++));
        List<String> processorPath = lines(request.get(at++));
        List<String> sourcePath = lines(request.get(at++));
        int count = Integer.parseInt(request.get(at++));
        List<String> options = request.subList(at, at + count);
        at += count;
        List<SourceText> sources = new ArrayList<>();
        for (; at + 2 < request.size(); at += 3) {
            sources.add(new SourceText(request.get(at), SourceText.Role.valueOf(request.get(at + 1)), request.get(at + 2)));
        }
        return new CompileRequest(classPath, processorPath, sourcePath, options, sources);
    }

    static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }
}
