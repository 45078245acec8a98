import { getDocumentProxy } from "unpdf";
import type { DocumentFile } from "../../../core/document/documentReader";
import { FailureError, type DocumentDefect } from "../../../core/failure";

export type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Throws `document-unreadable` for a file that needs a password or is broken. The caller destroys what it opened. */
export async function openPdf(file: DocumentFile, signal: AbortSignal): Promise<PdfDocument> {
  signal.throwIfAborted();
  if (!endsAsPdf(file.bytes)) throw unreadable(file, "damaged", "its end is missing");
  try {
    return await getDocumentProxy(
      // pdf.js takes the buffer over, so it gets its own copy.
      Uint8Array.from(file.bytes),
      // A page that cannot be read rejects instead of coming back half empty.
      { useSystemFonts: false, verbosity: 0, stopAtErrors: true },
    );
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "PasswordException") throw unreadable(file, "encrypted");
    throw unreadable(file, "damaged", error instanceof Error ? error.message : String(error));
  }
}

/** pdf.js would rebuild what is left of a file that was cut off, and say nothing; a whole one has its mark near the end. */
function endsAsPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(-4096)).includes("%%EOF");
}

function unreadable(file: DocumentFile, why: DocumentDefect, cause?: string): FailureError {
  return new FailureError({
    kind: "document-unreadable",
    path: file.path,
    why,
    ...(cause !== undefined && { cause }),
  });
}
