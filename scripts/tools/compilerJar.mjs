// dist/compiler.jar: the Java program that runs a project's own compiler; its source is in src/java.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { jarProgram } from "../shared/archive.mjs";
import { repositoryRoot } from "../shared/repositoryRoot.mjs";
import { mustRun } from "../shared/runCommand.mjs";

/** Spring Boot 3 needs 17; an older project is compiled by a newer JDK with its own release. */
const RELEASE = "17";

export const compilerJar = path.join(repositoryRoot, "dist", "compiler.jar");

export async function buildCompilerJar() {
  const source = path.join(repositoryRoot, "src", "java", "docwright", "compiler");
  const files = readdirSync(source)
    .filter((name) => name.endsWith(".java"))
    .sort()
    .map((name) => path.join(source, name));
  const jar = jarProgram();
  const javac = jar.replace(/jar(\.exe)?$/, "javac$1");
  const classes = mkdtempSync(path.join(os.tmpdir(), "docwright-classes-"));
  try {
    await mustRun("compile the Java program", javac, [
      "--release",
      RELEASE,
      "-Xlint:all",
      "-Werror",
      "-proc:none",
      "-d",
      classes,
      ...files,
    ]);
    mkdirSync(path.dirname(compilerJar), { recursive: true });
    await mustRun("pack the Java program", jar, [
      "--create",
      "--file",
      compilerJar,
      "--main-class",
      "docwright.compiler.CompilerServer",
      "-C",
      classes,
      ".",
    ]);
  } finally {
    rmSync(classes, { recursive: true, force: true });
  }
}
