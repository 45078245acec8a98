/**
 * A server that speaks as much of Ollama's protocol as the extension asks for, and says a recorded answer word by word. For tests of the
 * interface that need to know the words; the flow itself is tested with the real server and a real model.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface RecordedOllama {
  readonly url: string;
  /** What the next answers say. */
  setAnswer(text: string): void;
  close(): Promise<void>;
}

export const recordedModel = "recorded:latest";

const modelDetails = {
  ...{ format: "gguf", family: "llama", families: ["llama"], parameter_size: "135M" },
  quantization_level: "Q8_0",
};

const pieceMilliseconds = 15;

/** On a free port, or on one that a server had before. */
export async function startRecordedOllama(wantedPort = 0): Promise<RecordedOllama> {
  let answer = "";
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const json = (content: unknown) => response.end(JSON.stringify(content));
    response.setHeader("content-type", "application/json");
    switch (request.url) {
      case "/api/version":
        return json({ version: "0.17.4" });
      case "/api/tags":
        return json({
          models: [
            { name: recordedModel, model: recordedModel, size: 1e8, digest: "0", details: modelDetails },
          ],
        });
      case "/api/ps":
        return json({ models: [{ name: recordedModel, model: recordedModel, size: 1e8, size_vram: 0 }] });
      case "/api/show":
        return json({
          details: modelDetails,
          model_info: { "general.architecture": "llama", "llama.context_length": 16_384 },
          capabilities: ["completion"],
        });
      case "/api/chat":
        return stream(request, response);
      default:
        response.statusCode = 404;
        return json({ error: `no ${request.url ?? "address"} here` });
    }
  };
  const stream = async (request: IncomingMessage, response: ServerResponse) => {
    request.resume();
    const base = { model: recordedModel, created_at: new Date(0).toISOString() };
    for (const piece of answer.match(/\s*\S+/g) ?? []) {
      if (response.destroyed) return;
      response.write(
        `${JSON.stringify({ ...base, message: { role: "assistant", content: piece }, done: false })}\n`,
      );
      await new Promise((resolve) => setTimeout(resolve, pieceMilliseconds));
    }
    const counts = { prompt_eval_count: 900, eval_count: 200, total_duration: 1, eval_duration: 1 };
    const end = { ...base, message: { role: "assistant", content: "" }, done: true, done_reason: "stop" };
    response.end(`${JSON.stringify({ ...end, ...counts })}\n`);
  };

  const server = createServer((request, response) => void reply(request, response));
  await new Promise<void>((resolve) => server.listen(wantedPort, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    setAnswer: (text) => void (answer = text),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
