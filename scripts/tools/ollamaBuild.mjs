// Builds Ollama with the Go client alone, for a machine that can reach the Go module proxy, but no release of Ollama. CPU only; about six
// minutes on two cores.
import { copyFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { installOnce } from "../shared/installOnce.mjs";
import { mustRun } from "../shared/runCommand.mjs";
import { say, withHeartbeat } from "../shared/say.mjs";
import { OLLAMA_VERSION } from "./ollamaRelease.mjs";

const MODULE = "github.com/ollama/ollama";

// A Go module archive has no folder named vendor/, where llama.cpp keeps three headers. Two of them lay elsewhere in this older release; for
// the audio decoder, which Docwright never uses, headers/ has a stand-in that declares it and always fails.
const RELEASE_WITH_HEADERS = "v0.6.5";
const BORROWED_HEADERS = [
  { from: "llama/llama.cpp/common/json.hpp", to: "nlohmann/json.hpp" },
  { from: "llama/llama.cpp/common/stb_image.h", to: "stb/stb_image.h" },
];
const OWN_HEADERS = ["nlohmann/json_fwd.hpp", "miniaudio/miniaudio.h"];
const OWN_HEADERS_FOLDER = fileURLToPath(new URL("headers/", import.meta.url));

// AVX2, FMA and their kin: without them a token takes several times as long. The level's definition is that of the x86-64 psABI.
const LEVEL_3_FLAGS = ["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"];

/** @returns {Promise<string[]>} The compiler's options for this processor. */
async function processorOptions() {
  if (process.platform !== "linux" || process.arch !== "x64") return [];
  const description = await readFile("/proc/cpuinfo", "utf8");
  const flags = new Set(/^flags\s*:(.*)$/m.exec(description)?.[1]?.trim().split(" "));
  return LEVEL_3_FLAGS.every((flag) => flags.has(flag)) ? ["-march=x86-64-v3"] : [];
}

function installHeaders() {
  return installOnce({
    name: `ollama-headers-${OLLAMA_VERSION}`,
    isComplete: async (folder) => {
      const files = [...BORROWED_HEADERS.map((header) => header.to), ...OWN_HEADERS];
      const contents = await Promise.all(files.map((file) => readFile(path.join(folder, file))));
      return contents.every((content) => content.length > 0);
    },
    install: async (folder) => {
      const download = await mustRun(
        "fetch headers for the build of Ollama",
        "go",
        ["mod", "download", "-json", `${MODULE}@${RELEASE_WITH_HEADERS}`],
        { cwd: folder },
      );
      /** @type {{ Dir: string }} */
      const source = JSON.parse(download.stdout);
      for (const header of BORROWED_HEADERS)
        await place(path.join(source.Dir, header.from), path.join(folder, header.to));
      for (const header of OWN_HEADERS)
        await place(path.join(OWN_HEADERS_FOLDER, header), path.join(folder, header));
    },
  });
}

/**
 * @param {string} from
 * @param {string} to
 */
async function place(from, to) {
  await mkdir(path.dirname(to), { recursive: true });
  await copyFile(from, to);
}

/**
 * Leaves `bin/ollama` in the folder.
 * @param {string} folder
 */
export async function buildOllama(folder) {
  const headers = await installHeaders();
  const processor = await processorOptions();
  const logFile = path.join(path.dirname(folder), "logs", "ollama-build.log");
  say(`building Ollama ${OLLAMA_VERSION} with Go: some six minutes on two cores, once (log: ${logFile})`);
  await withHeartbeat("building Ollama", () =>
    mustRun(
      "build Ollama",
      "go",
      [
        "install",
        "-trimpath",
        "-ldflags",
        // Without this it calls itself 0.0.0.
        `-s -w -X ${MODULE}/version.Version=${OLLAMA_VERSION}`,
        `${MODULE}@v${OLLAMA_VERSION}`,
      ],
      {
        cwd: folder,
        logFile,
        env: {
          GOBIN: path.join(folder, "bin"),
          CGO_ENABLED: "1",
          CGO_CFLAGS: ["-O3", "-g0", ...processor].join(" "),
          CGO_CXXFLAGS: ["-O2", "-g0", ...processor, `-I${headers}`].join(" "),
        },
      },
    ),
  );
}
