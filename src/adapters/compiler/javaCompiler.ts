/** The compilers of the JDKs on this machine, one warm process a JDK. */
import { z } from "zod";
import type { CompileJob, CompileResult } from "../../core/checks/java/compileJob";
import { CompilerStopped, startCompiler, type CompilerProcess } from "./compilerProcess";
import type { TypeFacts } from "../../core/checks/java/fittingTypes";
import type { Jdk } from "./jdk";

export interface JavaCompiler {
  /** Never rejects but for an abort: a compiler that crashes or hangs is a result. */
  compile(jdk: Jdk, job: CompileJob, signal: AbortSignal): Promise<CompileResult>;
  /** What is known of public types of a class path and of the JDK; others, and all when the compiler cannot answer, are left out. */
  describe(
    jdk: Jdk,
    classPath: readonly string[],
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly TypeFacts[]>;
  /** Binary names with slashes of the JDK's own open types. */
  platformTypes(jdk: Jdk, signal: AbortSignal): Promise<readonly string[]>;
  close(): void;
}

export interface JavaCompilerProps {
  readonly jar: string;
  readonly log: (line: string) => void;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly idle?: number;
}

const usualTimeout = 60_000;
/** More for each source, in milliseconds: a slow machine compiles ten a second. */
const timeEach = 500;
/** A process nobody asks gives its memory back. */
const usualIdle = 600_000;

const texts = z.array(z.string());
/** Our program writes numbers only. */
const flag = z.number().transform((value) => value === 1);
const replySchema = z.object({
  crash: z.string().optional(),
  diagnostics: z
    .array(
      z.object({
        path: z.string(),
        kind: z.string(),
        code: z.string(),
        message: z.string(),
        start: z.number(),
        position: z.number(),
        end: z.number(),
        receiver: z.string().default(""),
        members: texts.default([]),
        isPartial: flag.default(false),
        owner: z.string().default(""),
        name: z.string().default(""),
        parameters: texts.default([]),
      }),
    )
    .default([]),
  elsewhere: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).default([]),
});
const factsSchema = z.object({
  types: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      isAbstract: flag,
      typeParameters: z.number(),
      statics: texts,
      constants: texts,
      methods: texts,
    }),
  ),
});
const typesSchema = z.object({ types: texts });

export function createJavaCompiler({
  jar,
  log,
  timeout = usualTimeout,
  idle = usualIdle,
}: JavaCompilerProps): JavaCompiler {
  const running = new Map<string, { process: CompilerProcess; timer?: NodeJS.Timeout }>();

  const ask = async (
    jdk: Jdk,
    request: readonly string[],
    sources: number,
    signal: AbortSignal,
  ): Promise<unknown> => {
    let entry = running.get(jdk.home);
    if (!entry?.process.alive) {
      entry = { process: startCompiler({ java: jdk.java, jar, log }) };
      running.set(jdk.home, entry);
    }
    clearTimeout(entry.timer);
    const { process } = entry;
    try {
      return await process.ask(request, timeout + sources * timeEach, signal);
    } finally {
      clearTimeout(entry.timer);
      entry.timer = setTimeout(() => process.end(), idle);
      entry.timer.unref();
    }
  };

  return {
    async compile(jdk, job, signal) {
      const { classPath, processorPath, sourcePath, options, sources } = job;
      const request = [
        "compile",
        classPath.join("\n"),
        processorPath.join("\n"),
        sourcePath.join("\n"),
        String(options.length),
        ...options,
        ...sources.flatMap(({ path, role, text }) => [path, role.toUpperCase(), text]),
      ];
      try {
        const reply = replySchema.safeParse(await ask(jdk, request, sources.length, signal));
        if (!reply.success) return { crash: "its answer could not be read", diagnostics: [], elsewhere: [] };
        const { crash, diagnostics, elsewhere } = reply.data;
        return { ...(crash !== undefined && { crash }), diagnostics, elsewhere };
      } catch (error) {
        if (error instanceof CompilerStopped) return { crash: error.why, diagnostics: [], elsewhere: [] };
        throw error;
      }
    },
    async describe(jdk, classPath, names, signal) {
      try {
        const request = ["describe", classPath.join("\n"), names.join("\n")];
        return factsSchema.safeParse(await ask(jdk, request, 0, signal)).data?.types ?? [];
      } catch (error) {
        if (error instanceof CompilerStopped) return [];
        throw error;
      }
    },
    async platformTypes(jdk, signal) {
      try {
        return typesSchema.safeParse(await ask(jdk, ["platform-types"], 0, signal)).data?.types ?? [];
      } catch (error) {
        if (error instanceof CompilerStopped) return [];
        throw error;
      }
    },
    close() {
      for (const { process, timer } of running.values()) {
        clearTimeout(timer);
        process.end();
      }
      running.clear();
    },
  };
}
