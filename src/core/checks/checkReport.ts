import type { FileFindings } from "./finding";
import type { CheckedText, Mended } from "./repair/mend";

export interface CheckRequest {
  readonly files: readonly {
    /** Absolute. */
    readonly path: string;
    /** The text to judge instead of what is on disk: a pending change, an unsaved document, a code block. */
    readonly text?: string;
  }[];
  /** Folder of the project; absent: the project that the first file lies in, if any. */
  readonly project?: string;
  /** Overrides what the build files say; alone, without any project, the starters of this version are the classpath. */
  readonly springBootVersion?: string;
  /** True: nothing is fetched. */
  readonly offline: boolean;
  /** A file with facts of the person's own, beside those that are shipped; absolute. */
  readonly factsFile?: string;
  /** True: what findings can mend without a doubt is mended, in memory, and the result is what is reported. */
  readonly mend?: boolean;
  /** What another program computed for the module of the first file; it goes before what is read or asked of a build tool. */
  readonly classpath?: GivenClasspath;
  /** False in an untrusted workspace: no build tool and no annotation processor is run. */
  readonly trusted: boolean;
}

/** Absolute paths of jars and of folders with classes. */
export interface GivenClasspath {
  /** For a person: the name of a product. */
  readonly source: string;
  readonly main: readonly string[];
  /** Of tests, those of main code among them; absent where only that of main code is known. */
  readonly test?: readonly string[];
}

export interface CheckProgress {
  /** What goes on, for a person. */
  readonly label: string;
}

/** Something that could not be judged; never a finding. */
export interface NotChecked {
  /** The file concerned; absent when it is all of them. */
  readonly path?: string;
  /** What was left out and why, one sentence. */
  readonly why: string;
  /** What mends it, with the command where there is one. */
  readonly remedy?: string;
}

export interface CheckReport {
  readonly files: readonly FileFindings[];
  /** Set when something was mended: `files` and the offsets in them are about the mended texts. */
  readonly mended?: MendReport;
  readonly notChecked: readonly NotChecked[];
  readonly springBootVersion?: string;
  /** How the code was judged: by the JDK's compiler, by class files only, or not at all. */
  readonly judgedBy: "compiler" | "class-files" | "nothing";
  /** Where the classpath came from, for a person. */
  readonly classpath?: { readonly source: string; readonly jars: number; readonly complete: boolean };
  /** Milliseconds. */
  readonly timings: { readonly classpath: number; readonly compile: number; readonly total: number };
}

export interface MendReport {
  /** All files as they are now, in the order of the request. */
  readonly files: readonly CheckedText[];
  readonly done: readonly Mended[];
  /** What was found before. */
  readonly before: readonly FileFindings[];
}
