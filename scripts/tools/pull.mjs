// `ollama pull` through the server's interface, with progress.
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { networkReason } from "../shared/network.mjs";
import { fileSize, say } from "../shared/say.mjs";

const PROGRESS_MILLISECONDS = 3000;

/**
 * @param {string} url
 * @param {string} name
 * @returns {Promise<string | undefined>} Why it failed; undefined when the model is there.
 */
export async function pullModel(url, name) {
  say(`pulling ${name}`);
  try {
    const response = await fetch(`${url}/api/pull`, {
      method: "POST",
      body: JSON.stringify({ model: name }),
    });
    if (!response.ok || !response.body) return `Ollama answered ${response.status}: ${await response.text()}`;
    const body = /** @type {import("node:stream/web").ReadableStream} */ (response.body);
    let told = 0;
    let succeeded = false;
    for await (const line of createInterface({ input: Readable.fromWeb(body) })) {
      /** @type {{ error?: string, status?: string, total?: number, completed?: number }} */
      const event = JSON.parse(line);
      // Without a network the answer is 200, and the failure comes in the stream.
      if (event.error) return event.error;
      if (event.status === "success") succeeded = true;
      if (event.total && event.completed && Date.now() - told > PROGRESS_MILLISECONDS) {
        told = Date.now();
        say(`pulled ${fileSize(event.completed)} of ${fileSize(event.total)}`);
      }
    }
    return succeeded ? undefined : "the server ended the pull early";
  } catch (error) {
    return networkReason(error);
  }
}
