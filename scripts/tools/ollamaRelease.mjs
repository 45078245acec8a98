// The official release archive of Ollama, checked against the checksums published beside it.
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import zlib from "node:zlib";
import { sha256 } from "../shared/checksum.mjs";
import { networkReason } from "../shared/network.mjs";
import { findProgram } from "../shared/programs.mjs";
import { mustRun } from "../shared/runCommand.mjs";
import { fileSize, say } from "../shared/say.mjs";

export const OLLAMA_VERSION = "0.17.4";

const REACH_MILLISECONDS = 5000;
const PROGRESS_MILLISECONDS = 5000;

/** Another place with the same files, for example a company's mirror. */
const RELEASES =
  process.env["DOCWRIGHT_OLLAMA_RELEASES"] ?? "https://github.com/ollama/ollama/releases/download";

/** @returns {string | undefined} The archive's name for this machine, as release v0.17.4 spells it. */
function archiveName() {
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  if (architecture !== "amd64" && architecture !== "arm64") return undefined;
  if (process.platform === "linux") return `ollama-linux-${architecture}.tar.zst`;
  if (process.platform === "darwin") return "ollama-darwin.tgz";
  if (process.platform === "win32") return `ollama-windows-${architecture}.zip`;
  return undefined;
}

/**
 * @typedef {object} Release
 * @property {string} archive
 * @property {string} sha256
 */

/**
 * Asks for the release's checksums; takes seconds at most.
 * @returns {Promise<Release | string>} What to fetch, or why it cannot be had.
 */
export async function findRelease() {
  const archive = archiveName();
  if (!archive) return `there is no release of Ollama for ${process.platform} ${process.arch}`;
  if (archive.endsWith(".zst") && !canReadZstd()) {
    return "its archive needs Node 22.15 or newer, or the program zstd, to be unpacked";
  }
  try {
    const response = await fetch(`${RELEASES}/v${OLLAMA_VERSION}/sha256sum.txt`, {
      signal: AbortSignal.timeout(REACH_MILLISECONDS),
    });
    if (!response.ok) return `its download place answers ${response.status}`;
    for (const line of (await response.text()).split("\n")) {
      const [hash, name] = line.trim().split(/\s+\*?/);
      if (hash && name?.replace(/^\.\//, "") === archive) return { archive, sha256: hash };
    }
    return `its list of checksums does not name ${archive}`;
  } catch (error) {
    return `its download place cannot be reached (${networkReason(error)})`;
  }
}

/**
 * @param {Release} release
 * @param {string} folder
 */
export async function installRelease(release, folder) {
  const archive = path.join(folder, release.archive);
  say(`fetching ${release.archive} of Ollama ${OLLAMA_VERSION}`);
  const response = await fetch(`${RELEASES}/v${OLLAMA_VERSION}/${release.archive}`);
  if (!response.ok || !response.body)
    throw new Error(`could not fetch ${release.archive}: ${response.status}`);
  const total = Number(response.headers.get("content-length"));
  await pipeline(
    Readable.fromWeb(/** @type {import("node:stream/web").ReadableStream} */ (response.body)),
    progress(total),
    createWriteStream(archive),
  );
  if ((await sha256(archive)) !== release.sha256)
    throw new Error(`${release.archive} does not have its checksum`);
  await unpack(archive, folder);
  await rm(archive);
  // The Linux archive has bin/ and lib/; the others have the program at the top.
  if (process.platform === "darwin") {
    await mkdir(path.join(folder, "bin"), { recursive: true });
    await rename(path.join(folder, "ollama"), path.join(folder, "bin", "ollama"));
  }
}

/** @param {number} total Bytes; 0 or NaN when the server does not say. */
function progress(total) {
  let done = 0;
  let told = Date.now();
  return new Transform({
    transform(chunk, _encoding, next) {
      done += chunk.length;
      if (Date.now() - told > PROGRESS_MILLISECONDS) {
        told = Date.now();
        say(`fetched ${fileSize(done)}${total ? ` of ${fileSize(total)}` : ""}`);
      }
      next(null, chunk);
    },
  });
}

function canReadZstd() {
  return "createZstdDecompress" in zlib || findProgram("zstd") !== undefined;
}

/**
 * @param {string} archive
 * @param {string} folder
 */
async function unpack(archive, folder) {
  if (!archive.endsWith(".zst")) {
    await mustRun(`unpack ${path.basename(archive)}`, "tar", ["-xf", archive, "-C", folder]);
    return;
  }
  const plain = archive.slice(0, -".zst".length);
  if ("createZstdDecompress" in zlib && typeof zlib.createZstdDecompress === "function") {
    const { createReadStream } = await import("node:fs");
    await pipeline(createReadStream(archive), zlib.createZstdDecompress(), createWriteStream(plain));
  } else {
    await mustRun(`unpack ${path.basename(archive)}`, "zstd", ["-q", "-d", archive, "-o", plain]);
  }
  await mustRun(`unpack ${path.basename(plain)}`, "tar", ["-xf", plain, "-C", folder]);
  await rm(plain);
}
