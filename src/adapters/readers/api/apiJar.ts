/** The types of a javadoc or sources jar. */
import type { ApiType } from "../../../core/api/apiType";
import { withArchive } from "../../jars/archive";

/** A page of the doclet: in a package's folder, and no list of packages, of uses or of anything. */
const page = /^(?:[^/]+\/)+(?!package-|module-)[^/]+\.html$/;
const noPage = /(?:^|\/)(?:class-use|doc-files|META-INF|legal|resources|script-dir|src-html)\//;
const sourceFile = /^(?:[^/]+\/)*(?!package-info|module-info)[^/]+\.java$/;

/**
 * Empty for a javadoc jar that the standard doclet did not write. Throws what {@link withArchive} throws.
 * @param jar Absolute path.
 */
export function readApiJar(jar: string, signal: AbortSignal): Promise<readonly ApiType[]> {
  return withArchive(
    jar,
    async (archive) => {
      const names = archive.entries.map(({ name }) => name);
      const sources = names.filter((name) => sourceFile.test(name));
      const types: ApiType[] = [];
      const text = async (name: string) => new TextDecoder().decode(await archive.read(name, signal));
      if (sources.length > 0) {
        const { readJavaSource } = await import("./javaSource");
        for (const name of sources) types.push(...readJavaSource(name, await text(name)));
      } else {
        const { readJavadocPage } = await import("./javadocPage");
        for (const name of names.filter((each) => page.test(each) && !noPage.test(each))) {
          const type = readJavadocPage(name, await text(name));
          if (type) types.push(type);
        }
      }
      return types;
    },
    signal,
  );
}
