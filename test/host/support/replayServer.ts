/**
 * Speaks as much of Ollama's protocol as an answer needs and replays answers that a test gives it, so that what the model says is known
 * where only the interface is tested. The flow itself is tested with a real server in `flow.test.ts`.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ReplayServer {
  readonly url: string;
  /** What the next requests are answered with; a function may wait between pieces. */
  answer: () => AsyncIterable<string>;
  /** Bodies of the chat requests so far. */
  readonly requests: readonly ChatBody[];
  /** Chat requests whose connection the other side closed before the end. */
  readonly aborted: () => number;
  /** Ends the connection of the answer that is under way, as a killed server would. */
  breakOff(): void;
  close(): Promise<void>;
}

export interface ChatBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly options: Readonly<Record<string, number>>;
}

export const replayModel = "replay:latest";

export async function startReplayServer(): Promise<ReplayServer> {
  const requests: ChatBody[] = [];
  let aborted = 0;
  let open: ServerResponse | undefined;
  const replay: { answer: () => AsyncIterable<string> } = { answer: () => pieces("") };

  const chat = async (request: IncomingMessage, response: ServerResponse) => {
    requests.push(JSON.parse(await bodyOf(request)) as ChatBody);
    open = response;
    response.on("close", () => {
      if (!response.writableFinished) aborted++;
    });
    response.setHeader("content-type", "application/x-ndjson");
    for await (const content of replay.answer()) {
      if (response.destroyed) return;
      response.write(line({ message: { role: "assistant", content }, done: false }));
    }
    response.end(
      line({
        message: { role: "assistant", content: "" },
        done: true,
        done_reason: "stop",
        prompt_eval_count: 1000,
        eval_count: 100,
      }),
    );
  };
  const server = createServer((request, response) => {
    if (request.url === "/api/chat") {
      chat(request, response).catch((error: unknown) => response.destroy(error as Error));
    } else response.end(JSON.stringify(fixed[request.url ?? ""] ?? {}));
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get answer() {
      return replay.answer;
    },
    set answer(answer) {
      replay.answer = answer;
    },
    requests,
    aborted: () => aborted,
    breakOff: () => open?.destroy(),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** An answer in small pieces, one after the other. */
export async function* pieces(answer: string, pause = 2): AsyncGenerator<string> {
  for (const piece of answer.match(/[\s\S]{1,12}/g) ?? []) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    yield piece;
  }
}

const details = { parameter_size: "7B", quantization_level: "Q4_0", family: "llama", families: ["llama"] };
const listed = { name: replayModel, model: replayModel, size: 1000, digest: "d", details };
const fixed: Readonly<Record<string, unknown>> = {
  "/api/version": { version: "0.17.4" },
  "/api/tags": { models: [listed] },
  "/api/ps": { models: [listed] },
  "/api/show": {
    details,
    capabilities: ["completion"],
    model_info: { "general.architecture": "llama", "llama.context_length": 32768 },
  },
};

const line = (value: object) =>
  `${JSON.stringify({ model: replayModel, created_at: new Date(0).toISOString(), ...value })}\n`;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

const listen = (server: Server) =>
  new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
