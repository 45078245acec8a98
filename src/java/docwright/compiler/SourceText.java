package docwright.compiler;

import java.net.URI;
import java.nio.file.Path;

import javax.tools.SimpleJavaFileObject;

/** A source as a text: what is on disk may differ from it, or there may be nothing on disk. */
final class SourceText extends SimpleJavaFileObject {

    /** Why a source is compiled: judged as a file of the project, judged as a snippet, or only to be seen by the others. */
    enum Role {

        FILE, SNIPPET, BESIDE

    }

    private final String path;

    private final Role role;

    private final String text;

    SourceText(String path, Role role, String text) {
        super(uriOf(path), Kind.SOURCE);
        this.path = path;
        this.role = role;
        this.text = text;
    }

    /** The path that the asker knows it by. */
    String path() {
        return this.path;
    }

    /** False for a source that is only there to be seen by the others. */
    boolean judged() {
        return this.role != Role.BESIDE;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return this.text;
    }

    /** A snippet holds what it likes; a file of a project is named after its public type. */
    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
        return (this.role == Role.SNIPPET) ? kind == Kind.SOURCE : super.isNameCompatible(simpleName, kind);
    }

    private static URI uriOf(String path) {
        String plain = path.endsWith(".java") ? path : path + ".java";
        return Path.of(plain).toAbsolutePath().toUri();
    }
}
