/** Text of a file in the encoding that it says or shows: UTF-8, UTF-16 with or without a mark, else Windows-1252. */

export function decodeText(bytes: Uint8Array, declared?: string): string {
  return new TextDecoder(declared && known(declared) ? declared : encodingOf(bytes)).decode(bytes);
}

/** True when the bytes are no text in any of these encodings. */
export function looksBinary(bytes: Uint8Array): boolean {
  if (encodingOf(bytes).startsWith("utf-16")) return false;
  const start = bytes.subarray(0, 8192);
  let control = 0;
  for (const byte of start) {
    if (byte === 0) return true;
    if (byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32)) control++;
  }
  return control > start.length / 50;
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const start = bytes.subarray(0, 4096);
  // Western text in UTF-16 has a zero in every other byte.
  const zeros = [0, 0];
  start.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (odd > start.length / 5 && even === 0) return "utf-16le";
  if (even > start.length / 5 && odd === 0) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

function known(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}
