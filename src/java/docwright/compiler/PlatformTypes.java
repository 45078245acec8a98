package docwright.compiler;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of the JDK's packages that are open to everybody, as binary names with slashes. */
final class PlatformTypes {

    private PlatformTypes() {
    }

    static void write(Json json) throws IOException {
        json.openList("types");
        for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
            Set<String> packages = module.descriptor().exports().stream()
                .filter((exported) -> !exported.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .map((name) -> name.replace('.', '/'))
                .collect(Collectors.toSet());
            if (packages.isEmpty()) {
                continue;
            }
            try (ModuleReader reader = module.open(); Stream<String> names = reader.list()) {
                names.filter((name) -> name.endsWith(".class") && packages.contains(packageOf(name)))
                    .forEach((name) -> json.item(name.substring(0, name.length() - ".class".length())));
            }
        }
        json.endList();
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }
}
