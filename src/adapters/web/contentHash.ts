/** Hashes that a server states for what it sends, to be compared with what came. */

export interface StatedHash {
  readonly algorithm: "sha256" | "sha512" | "md5";
  /** Base64. */
  readonly value: string;
}

const algorithms: Readonly<Record<string, StatedHash["algorithm"]>> = {
  "sha-256": "sha256",
  "sha-512": "sha512",
  md5: "md5",
};

/**
 * Of the whole representation: `Repr-Digest` (RFC 9530), `Digest` (RFC 3230) and `Content-MD5` (RFC 1864), the last two only where the whole
 * was sent, for they may be of the part.
 */
export function statedHashes(headers: Headers): readonly StatedHash[] {
  const isPart = headers.has("content-range");
  const listed = [
    ...entries(headers.get("repr-digest"), /^\s*([\w-]+)=:([A-Za-z0-9+/=]+):\s*$/),
    ...(isPart ? [] : entries(headers.get("digest"), /^\s*([\w-]+)=([A-Za-z0-9+/=]+)\s*$/)),
  ];
  const md5 = isPart ? null : headers.get("content-md5");
  return md5 ? [...listed, { algorithm: "md5", value: md5.trim() }] : listed;
}

function entries(header: string | null, pattern: RegExp): readonly StatedHash[] {
  return (header ?? "").split(",").flatMap((entry) => {
    const [, name = "", value] = pattern.exec(entry) ?? [];
    const algorithm = algorithms[name.toLowerCase()];
    return algorithm && value !== undefined ? [{ algorithm, value }] : [];
  });
}
