/** The port that brings what a person wants to have indexed onto this machine. It is not the engine's: the editor's own network is asked. */
import type { DocumentWish } from "./document/documentWish";
import type { IndexSource } from "./engine";

export type ObtainProgress =
  | { readonly kind: "download"; readonly url: string; readonly bytes: number; readonly bytesTotal?: number }
  | {
      readonly kind: "site";
      readonly pages: number;
      /** Pages that are known to be there by now, within the limit. */
      readonly pagesTotal: number;
      readonly address: string;
    };

export interface Obtained {
  readonly source: IndexSource;
  readonly passedOver: readonly { readonly path: string; readonly why: string }[];
}

/** Throws `download-failed`, `disk-full` and `not-writable`. A path is taken as it is. What came before an abort is gone on with later. */
export type Obtain = (
  wish: DocumentWish,
  onProgress: (progress: ObtainProgress) => void,
  signal: AbortSignal,
) => Promise<Obtained>;
