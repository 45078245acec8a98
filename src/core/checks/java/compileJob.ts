/** What a JDK's compiler is asked, and what it says. */
export interface CompileJob {
  /** Absolute paths of jars and folders. */
  readonly classPath: readonly string[];
  readonly processorPath: readonly string[];
  /** Roots of sources that types not given are taken from. */
  readonly sourcePath: readonly string[];
  readonly options: readonly string[];
  readonly sources: readonly CompiledSource[];
}

export interface CompiledSource {
  readonly path: string;
  /** Judged as a file of the project, judged as a snippet that may be called as it likes, or only there to be seen. */
  readonly role: "file" | "snippet" | "beside";
  readonly text: string;
}

export interface CompileResult {
  /** Half a sentence: why the compiler could not do its work. What it said before may be wrong. */
  readonly crash?: string;
  readonly diagnostics: readonly JavaDiagnostic[];
  /** Errors in sources that were only there to be seen, and in none. */
  readonly elsewhere: readonly { readonly path: string; readonly code: string; readonly message: string }[];
}

export interface JavaDiagnostic {
  readonly path: string;
  /** `ERROR`, `WARNING`, `MANDATORY_WARNING`. */
  readonly kind: string;
  /** The compiler's own, `compiler.err.cant.resolve.location`. */
  readonly code: string;
  /** In English, names in full. */
  readonly message: string;
  /** Offsets of the text; -1 where there is no place. */
  readonly start: number;
  readonly position: number;
  readonly end: number;
  /** The type that a missing member was looked for in, and what it has instead. */
  readonly receiver: string;
  readonly members: readonly string[];
  /** True when something that this type extends or implements is not there: it may have more members. */
  readonly isPartial: boolean;
  /** A deprecated member's type, name (empty for a type) and erased parameter types. */
  readonly owner: string;
  readonly name: string;
  readonly parameters: readonly string[];
}

/** Options for judging only: warnings of our interest, all of them, no class files. */
export function compileOptions(release: string | undefined, processors: boolean): readonly string[] {
  return [
    ...(release === undefined ? [] : ["--release", release]),
    ...(processors ? [] : ["-proc:none"]),
    "-parameters",
    "-Xlint:deprecation,removal",
    "-Xmaxerrs",
    "100000",
    "-Xmaxwarns",
    "100000",
    "-implicit:none",
    "--should-stop=ifNoError=FLOW",
  ];
}
