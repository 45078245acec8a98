import { getDocumentProxy } from "unpdf";
import type { DocumentFile } from "../../../core/document/documentReader";
import { FailureError, type DocumentDefect } from "../../../core/failure";

export type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Throws `document-unreadable` for a file that needs a password or is broken. The caller destroys what it opened. */
export async function openPdf(file: DocumentFile, signal: AbortSignal): Promise<PdfDocument> {
  signal.throwIfAborted();
  try {
    // pdf.js takes the buffer over, so it gets its own copy.
    return await getDocumentProxy(Uint8Array.from(file.bytes), { useSystemFonts: false, verbosity: 0 });
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    const why: DocumentDefect = name === "PasswordException" ? "encrypted" : "damaged";
    const cause = error instanceof Error ? error.message : String(error);
    throw new FailureError({
      kind: "document-unreadable",
      path: file.path,
      why,
      ...(why === "damaged" && { cause }),
    });
  }
}
