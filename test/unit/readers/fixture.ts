import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { readDocumentFile } from "../../../src/adapters/readers/reader";
import type { ReadDocument } from "../../../src/core/document/section";
import { failureOf, type Failure } from "../../../src/core/failure";

export const documents = resolve(import.meta.dirname, "../../fixtures/documents");
export const never = new AbortController().signal;

export async function readFixture(name: string, signal: AbortSignal = never): Promise<ReadDocument> {
  const path = join(documents, name);
  return readDocumentFile({ path, root: dirname(path), bytes: await readFile(path) }, signal);
}

/** A document that exists in memory alone. */
export async function readBytes(name: string, content: string | Uint8Array): Promise<ReadDocument> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return readDocumentFile({ path: join(documents, name), root: documents, bytes }, never);
}

export async function failure(work: Promise<unknown>): Promise<Failure> {
  return work.then(
    () => {
      throw new Error("it succeeded");
    },
    (error: unknown) => failureOf(error),
  );
}
