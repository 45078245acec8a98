package docwright.compiler;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/** Keeps all that a compilation and its processors write in memory; nothing of it reaches the disk. Closing it keeps the jars open. */
final class MemoryFileManager extends ForwardingJavaFileManager<StandardJavaFileManager> {

    /** By location, package-qualified name and kind. */
    private final Map<String, Written> written = new LinkedHashMap<>();

    MemoryFileManager(StandardJavaFileManager shared) {
        super(shared);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
        return this.written.computeIfAbsent(location + ":" + className + kind.extension,
                (key) -> new Written(location, className, kind));
    }

    @Override
    public FileObject getFileForOutput(Location location, String packageName, String relativeName, FileObject sibling) {
        String name = packageName.isEmpty() ? relativeName : packageName.replace('.', '/') + "/" + relativeName;
        return this.written.computeIfAbsent(location + ":" + name, (key) -> new Written(location, name, JavaFileObject.Kind.OTHER));
    }

    @Override
    public FileObject getFileForInput(Location location, String packageName, String relativeName) throws IOException {
        if (location.isOutputLocation()) {
            String name = packageName.isEmpty() ? relativeName : packageName.replace('.', '/') + "/" + relativeName;
            Written found = this.written.get(location + ":" + name);
            if (found == null) {
                throw new FileNotFoundException(name);
            }
            return found;
        }
        return super.getFileForInput(location, packageName, relativeName);
    }

    @Override
    public JavaFileObject getJavaFileForInput(Location location, String className, JavaFileObject.Kind kind) throws IOException {
        if (location.isOutputLocation()) {
            return this.written.get(location + ":" + className + kind.extension);
        }
        return super.getJavaFileForInput(location, className, kind);
    }

    @Override
    public Iterable<JavaFileObject> list(Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
            throws IOException {
        if (!location.isOutputLocation()) {
            return super.list(location, packageName, kinds, recurse);
        }
        List<JavaFileObject> found = new ArrayList<>();
        for (Written file : this.written.values()) {
            if (file.location == location && kinds.contains(file.getKind()) && file.isIn(packageName, recurse)) {
                found.add(file);
            }
        }
        return found;
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        return file instanceof Written own ? own.name : super.inferBinaryName(location, file);
    }

    @Override
    public boolean hasLocation(Location location) {
        return location == StandardLocation.CLASS_OUTPUT || location == StandardLocation.SOURCE_OUTPUT || super.hasLocation(location);
    }

    @Override
    public boolean isSameFile(FileObject left, FileObject right) {
        return left == right || left.toUri().equals(right.toUri());
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
        this.written.clear();
    }

    private static final class Written extends SimpleJavaFileObject {

        private final JavaFileManager.Location location;

        private final String name;

        private byte[] bytes = {};

        Written(JavaFileManager.Location location, String name, Kind kind) {
            super(URI.create("memory:///" + location + "/" + name.replace('.', '/').replaceAll("[^\\w/$-]", "_") + kind.extension), kind);
            this.location = location;
            this.name = name;
        }

        boolean isIn(String packageName, boolean recurse) {
            int dot = this.name.lastIndexOf('.');
            String own = dot < 0 ? "" : this.name.substring(0, dot);
            return own.equals(packageName) || (recurse && (packageName.isEmpty() || own.startsWith(packageName + ".")));
        }

        @Override
        public InputStream openInputStream() {
            return new ByteArrayInputStream(this.bytes);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return new String(this.bytes, StandardCharsets.UTF_8);
        }

        @Override
        public OutputStream openOutputStream() {
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    Written.this.bytes = toByteArray();
                }
            };
        }
    }
}
