/** Finds the documents below a path; what is no document is passed over, and said where a person may wonder. */
import { readdir, realpath, stat } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { FailureError } from "../../core/failure";
import { supportedExtensions } from "./formats";

export interface FoundDocument {
  /** Absolute path of the file. */
  readonly path: string;
  /** The folder that was asked for, or the file's own folder: includes are never resolved outside it. */
  readonly root: string;
}

export interface FoundDocuments {
  /** Sorted by path. */
  readonly files: readonly FoundDocument[];
  readonly passedOver: readonly { readonly path: string; readonly why: string }[];
}

const skippedFolders = new Set(["node_modules", "__macosx"]);

/** What comes with documents and is none: nobody needs to be told that a style sheet was not indexed. */
const companions = new Set(
  (
    ".css .js .mjs .map .json .png .jpg .jpeg .gif .svg .ico .webp .avif .bmp .woff .woff2 .ttf .otf .eot " +
    ".mp4 .webm .mp3 .xml .zip .gz .jar .class .java .kt .kts .groovy .gradle .properties .yml .yaml"
  ).split(" "),
);

/**
 * A file, or every document of a folder and its folders. Hidden folders and `node_modules` are skipped; a folder that is reached twice
 * through symbolic links is entered once. Throws `not-found` and `no-documents`.
 */
export async function findDocuments(path: string, signal: AbortSignal): Promise<FoundDocuments> {
  signal.throwIfAborted();
  const absolute = resolve(path);
  const status = await stat(absolute).catch(() => undefined);
  if (!status) throw new FailureError({ kind: "not-found", path: absolute });
  if (!status.isDirectory()) return { files: [{ path: absolute, root: dirname(absolute) }], passedOver: [] };

  const files: FoundDocument[] = [];
  const passedOver: { path: string; why: string }[] = [];
  const entered = new Set<string>();

  const enter = async (folder: string): Promise<void> => {
    signal.throwIfAborted();
    const real = await realpath(folder);
    if (entered.has(real)) return;
    entered.add(real);
    const names = await readdir(folder).catch((error: unknown) => {
      passedOver.push({ path: folder, why: error instanceof Error ? error.message : String(error) });
      return [];
    });
    for (const name of names.sort()) {
      if (name.startsWith(".")) continue;
      const child = join(folder, name);
      const childStatus = await stat(child).catch(() => undefined);
      if (!childStatus) passedOver.push({ path: child, why: "the link leads nowhere" });
      else if (childStatus.isDirectory()) {
        if (!skippedFolders.has(name.toLowerCase())) await enter(child);
      } else if (supportedExtensions.has(extname(name).toLowerCase())) {
        if (childStatus.isFile()) files.push({ path: child, root: absolute });
      } else if (!companions.has(extname(name).toLowerCase())) {
        passedOver.push({ path: child, why: "not a kind of document that is read" });
      }
    }
  };
  await enter(absolute);

  if (files.length === 0) throw new FailureError({ kind: "no-documents", path: absolute });
  files.sort((one, other) => (one.path < other.path ? -1 : 1));
  return { files, passedOver };
}
