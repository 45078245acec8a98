/** What a person copies to ask somebody about a document set; nothing of its text is in it. */
import type { DocumentSet } from "./documentSet";

export interface SetDiagnostics {
  readonly set: DocumentSet;
  /** Version of Docwright. */
  readonly docwright: string;
  readonly node: string;
  readonly platform: string;
  readonly store: string;
  /** Of the set. */
  readonly folder: string;
  readonly schema: number;
  readonly freeBytes?: number;
  /** Who writes to the store right now. */
  readonly writer?: string;
  /** Why the rest is not known. */
  readonly problem?: string;
  readonly generation?: string;
  readonly chunker?: number;
  readonly created?: string;
  readonly readAt?: string;
  readonly embedding?: string;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    /** Bytes that are there. */
    readonly found: number;
    readonly isIntact: boolean;
  }[];
  readonly documents: readonly {
    readonly path: string;
    readonly title: string;
    readonly format: string;
    readonly passages: number;
    readonly url?: string;
  }[];
  /** Documents that are not listed. */
  readonly more: number;
}

/** As Markdown. */
export function diagnosticsText(diagnostics: SetDiagnostics): string {
  const { set, files, documents, more } = diagnostics;
  const known = [
    "docwright",
    "node",
    "platform",
    "store",
    "folder",
    "schema",
    "generation",
    "chunker",
  ] as const;
  const also = ["embedding", "created", "readAt", "freeBytes", "writer", "problem"] as const;
  const rows = [...known, ...also].flatMap((key) => {
    const value = diagnostics[key];
    return value === undefined ? [] : [`- ${key}: ${value}`];
  });
  return [
    `# ${set.name}`,
    "",
    `- id: ${set.id}`,
    `- state: ${set.state}${set.reason === undefined ? "" : ` (${set.reason})`}`,
    `- Spring Boot: ${set.springBootVersion ?? "not said"}`,
    `- origin: ${set.origin}`,
    ...(set.source ? [`- source: ${JSON.stringify(set.source)}`] : []),
    ...(set.asked ? [`- asked: ${JSON.stringify(set.asked)}`] : []),
    `- passages: ${set.embedded} of ${set.passages} embedded, ${set.documents} documents, ${set.bytes} bytes`,
    ...rows,
    "",
    ...files.map(({ name, bytes, found, isIntact }) =>
      isIntact
        ? `- ${name}: ${bytes} bytes, as written`
        : `- ${name}: ${found} of ${bytes} bytes, NOT as written`,
    ),
    "",
    ...documents.map(({ path, title, format, passages, url }) => {
      const place = url === undefined ? path : `${path} (${url})`;
      return `- ${place}: ${title}, ${format}, ${passages} passages`;
    }),
    ...(more > 0 ? [`- and ${more} more documents`] : []),
    "",
  ].join("\n");
}
