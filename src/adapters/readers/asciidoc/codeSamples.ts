/**
 * Spring's guides name their samples by convention: `include::code:MyBean[]` (up to 3.2) and `include-code::MyBean[]` (Antora) in the section
 * `features.my-part` mean `features/mypart/MyBean` in Java, in Kotlin, in Groovy, below the folders that the attributes `include-java`, … name.
 * Where a document does not name them, the files are looked for below its root.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import {
  BlockMacroProcessor,
  Extensions,
  IncludeProcessor,
  PreprocessorReader,
  type AbstractBlock,
  type Document,
  type Registry,
} from "@asciidoctor/core";
import { isBelow } from "../../../core/project/isBelow";

const languages = [
  { id: "java", title: "Java", extension: ".java" },
  { id: "kotlin", title: "Kotlin", extension: ".kt" },
  { id: "groovy", title: "Groovy", extension: ".groovy" },
] as const;

type Language = (typeof languages)[number];

interface Sample {
  readonly language: Language;
  readonly lines: readonly string[];
}

/** Files of a build are as many as this at most; a folder with more is no guide. */
const mostFiles = 20_000;

/** For one reading of one file. @param root Folder that nothing outside is read of. @param directory Of the document. */
export function codeSampleExtensions(root: string, directory: string): Registry {
  let sources: Promise<readonly string[]> | undefined;
  const find = async (document: Document, language: Language, path: string): Promise<string | undefined> => {
    const named = document.getAttribute(`include-${language.id}`) as unknown;
    if (typeof named === "string" && named !== "") {
      for (const base of [directory, root]) {
        const file = resolve(base, named, path);
        if (isBelow(relative(root, file)) && (await isFile(file))) return file;
      }
    }
    const found = await (sources ??= sourceFiles(root));
    return found.find((file) => file.split(sep).join("/").endsWith(`/${path}`));
  };
  const samplesOf = async (
    document: Document,
    section: string,
    name: string,
    attributes: Readonly<Record<string, string>>,
  ): Promise<readonly Sample[]> => {
    const folder = section.replaceAll("-", "").replaceAll(".", "/");
    const samples: Sample[] = [];
    for (const language of languages) {
      const path = [folder, `${name}${language.extension}`].filter((part) => part !== "").join("/");
      const file = await find(document, language, path);
      if (file !== undefined) samples.push({ language, lines: await linesOf(document, file, attributes) });
    }
    return samples;
  };
  const registry = Extensions.create();
  registry.includeProcessor(
    class extends IncludeProcessor {
      override handles(_document: unknown, target: string): boolean {
        return target.startsWith(prefix);
      }
      override process(
        document: Document,
        reader: PreprocessorReader,
        target: string,
        attributes: Attributes,
      ): undefined {
        const include = async () => {
          const file: unknown = reader.file;
          const section = await sectionBefore(typeof file === "string" ? file : undefined, reader.lineno - 1);
          const samples = await samplesOf(document, section, target.slice(prefix.length), attributes);
          reader.pushInclude(listings(samples, `include::${target}`).join("\n"), null, null, 1, {});
        };
        // Asciidoctor waits for it, whatever its type says.
        return include() as unknown as undefined;
      }
    },
  );
  registry.blockMacro(
    class extends BlockMacroProcessor {
      // Asciidoctor waits for it, too, and takes nothing for "the blocks are in their place".
      override process(parent: Parent, target: string, attributes: Attributes): Made {
        const parse = async () => {
          const samples = await samplesOf(parent.getDocument(), sectionOf(parent), target, attributes);
          await this.parseContent(parent as Parameters<typeof this.parseContent>[0], [
            ...listings(samples, `include-code::${target}`),
          ]);
        };
        return parse() as unknown as Made;
      }
    },
    "include-code",
  );
  return registry;
}

type Attributes = Record<string, string>;
type Parent = Parameters<BlockMacroProcessor["process"]>[0];
type Made = ReturnType<BlockMacroProcessor["process"]>;

const prefix = "code:";

/** Each language as a listing of its own, under its name where there are several. */
function listings(samples: readonly Sample[], directive: string): readonly string[] {
  if (samples.length === 0) return [`Unresolved directive: ${directive}[]`];
  return samples.flatMap(({ language, lines }) => {
    const longest = Math.max(3, ...lines.map((line) => /^-+$/.exec(line.trim())?.[0].length ?? 0));
    const border = "-".repeat(longest + 1);
    return [
      "",
      ...(samples.length > 1 ? [`.${language.title}`] : []),
      `[source,${language.id},indent=0,subs="verbatim"]`,
      border,
      ...lines,
      border,
      "",
    ];
  });
}

/** Asciidoctor's own include picks tags and lines. */
async function linesOf(
  document: Document,
  file: string,
  attributes: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  document.setAttribute("docwright-sample", file);
  const wanted = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
  const reader = new PreprocessorReader(document, [`include::{docwright-sample}[${wanted.join(",")}]`]);
  return reader.readLines();
}

/** The last anchor above a line, `[[features.my-part]]`. */
async function sectionBefore(file: string | undefined, line: number): Promise<string> {
  const text = file === undefined ? "" : await readFile(file, "utf8").catch(() => "");
  const anchors = text
    .split("\n")
    .slice(0, line)
    .flatMap((each) => /^\[\[([^\],]+)(?:,[^\]]*)?\]\]\s*$/.exec(each)?.[1] ?? []);
  return anchors.at(-1) ?? "";
}

function sectionOf(block: AbstractBlock): string {
  for (
    let node: AbstractBlock | undefined = block;
    node;
    node = node.getParent() as AbstractBlock | undefined
  ) {
    if (node.getContext() === "section") return node.getId() ?? "";
  }
  return "";
}

async function sourceFiles(root: string): Promise<readonly string[]> {
  const endings = languages.map(({ extension }) => extension);
  const found: string[] = [];
  const enter = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if (found.length >= mostFiles) return;
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
        await enter(path);
      else if (entry.isFile() && endings.some((ending) => entry.name.endsWith(ending))) found.push(path);
    }
  };
  await enter(root);
  return found;
}

const isFile = (path: string) =>
  stat(path).then(
    (status) => status.isFile(),
    () => false,
  );
