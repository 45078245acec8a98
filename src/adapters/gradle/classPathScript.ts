/**
 * A script that Gradle reads before the project's own, since 4.4: it adds a task that writes, line by line and in fields with tabs between them,
 * what the module is compiled with. A lenient configuration tells what is there also where something is missing.
 */
export const classPathTask = "docwrightClassPath";

/** The module's folder and the file to write, in the environment. */
export const moduleVariable = "DOCWRIGHT_MODULE";
export const outputVariable = "DOCWRIGHT_OUTPUT";

export const classPathScript = `
import org.gradle.api.artifacts.component.ProjectComponentIdentifier

allprojects { project ->
  project.tasks.create("${classPathTask}") { task ->
    task.doLast {
      // A task of this name runs in the modules below this one too.
      if (project.projectDir.canonicalFile != new File(System.getenv("${moduleVariable}")).canonicalFile) return
      def lines = []
      def tell = { Object... fields -> lines << fields.collect { it == null ? "" : it.toString() }.join("\\t") }
      def tellFolders = { module ->
        tell("module", module.projectDir)
        if (!module.hasProperty("sourceSets")) return
        [["main", "sources", "output"], ["test", "testSources", "testOutput"]].each { name, sources, output ->
          def set = module.sourceSets.findByName(name)
          if (set == null) return
          set.allSource.srcDirs.each { if (!set.resources.srcDirs.contains(it)) tell(sources, it) }
          set.output.classesDirs.files.each { tell(output, it) }
        }
      }
      tell("gradle", project.gradle.gradleVersion)
      tellFolders(project)
      def modules = new LinkedHashSet()
      ["compileClasspath", "runtimeClasspath", "testCompileClasspath", "testRuntimeClasspath", "annotationProcessor"].each { name ->
        def configuration = project.configurations.findByName(name)
        if (configuration == null || !configuration.canBeResolved) return
        tell("configuration", name)
        def found = configuration.resolvedConfiguration.lenientConfiguration
        def told = new HashSet()
        found.artifacts.each { artifact ->
          def of = artifact.id.componentIdentifier
          def id = artifact.moduleVersion.id
          try {
            told << artifact.file
            if (of instanceof ProjectComponentIdentifier) modules << of.projectPath
            else tell("jar", id.group, id.name, id.version, artifact.file)
          } catch (ignored) {
            tell("missing", id.group, id.name, id.version)
          }
        }
        found.unresolvedModuleDependencies.each { tell("missing", it.selector.group, it.selector.name, it.selector.version) }
        // What a build names by its file has no coordinates.
        configuration.allDependencies.withType(org.gradle.api.artifacts.FileCollectionDependency)
          .collectMany { it.files.files }.findAll { !told.contains(it) }.each { tell("jar", "", it.name, "", it) }
      }
      modules.each { path ->
        def module = project.rootProject.findProject(path)
        if (module != null && module != project) tellFolders(module)
      }
      new File(System.getenv("${outputVariable}")).setText(lines.join("\\n"), "UTF-8")
    }
  }
}
`;
