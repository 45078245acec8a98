/**
 * A server that speaks as much of Ollama's protocol as the extension asks for, and says a recorded answer word by word. For tests of the
 * interface that need to know the words; the flow itself is tested with the real server and a real model.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface RecordedOllama {
  readonly url: string;
  /** What the next answers say. At each {@link holdMark} an answer waits for `goOn`. */
  setAnswer(text: string): void;
  /** Resolves when an answer waits. */
  untilHeld(): Promise<void>;
  /** Lets the answer that waits go on to its next mark. */
  goOn(): void;
  /** Ends the connection of the answer that is under way, as a killed server would. */
  breakOff(): void;
  close(): Promise<void>;
}

/** A model as the server lists it. */
export interface RecordedModel {
  readonly name: string;
  readonly bytes: number;
  readonly parameters: string;
  readonly quantisation: string;
  readonly family: string;
  readonly contextTokens: number;
}

export interface RecordedOllamaOptions {
  /** The port that a server had before; a free one when absent. */
  readonly port?: number;
  /** Between two words. */
  readonly pieceMilliseconds?: number;
  /** Beside the recorded one. */
  readonly models?: readonly RecordedModel[];
}

export const recordedModel = "recorded:latest";
export const holdMark = "\u23f8";

const own: RecordedModel = {
  name: recordedModel,
  ...{ bytes: 1e8, parameters: "135M", quantisation: "Q8_0", family: "llama", contextTokens: 16_384 },
};

export async function startRecordedOllama({
  port: wantedPort = 0,
  pieceMilliseconds = 15,
  models: more = [],
}: RecordedOllamaOptions = {}): Promise<RecordedOllama> {
  const models = [own, ...more];
  let answer = "";
  let release: (() => void) | undefined;
  let whenHeld: (() => void)[] = [];
  let open: ServerResponse | undefined;

  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const json = (content: unknown) => response.end(JSON.stringify(content));
    response.setHeader("content-type", "application/json");
    switch (request.url) {
      case "/api/version":
        return json({ version: "0.17.4" });
      case "/api/tags":
        return json({ models: models.map(listed) });
      case "/api/ps":
        return json({ models: [{ ...listed(own), size_vram: 0 }] });
      case "/api/show": {
        const { model } = (await bodyOf(request)) as { readonly model?: string };
        return json(shown(models.find(({ name }) => name === model) ?? own));
      }
      case "/api/chat": {
        const { stream } = (await bodyOf(request)) as { readonly stream?: boolean };
        return stream === false ? json(oneToken) : write(response);
      }
      default:
        response.statusCode = 404;
        return json({ error: `no ${request.url ?? "address"} here` });
    }
  };
  const held = () =>
    new Promise<void>((resolve) => {
      release = () => {
        release = undefined;
        resolve();
      };
      for (const tell of whenHeld) tell();
      whenHeld = [];
    });
  const write = async (response: ServerResponse) => {
    open = response;
    const say = (content: string) =>
      response.write(
        `${JSON.stringify({ ...base, message: { role: "assistant", content }, done: false })}\n`,
      );
    for (const [index, part] of answer.split(holdMark).entries()) {
      if (index > 0) await held();
      for (const piece of part.match(/\s*\S+|\s+$/g) ?? []) {
        if (response.destroyed) return;
        say(piece);
        await new Promise((resolve) => setTimeout(resolve, pieceMilliseconds));
      }
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
    untilHeld: () =>
      new Promise((resolve) => {
        if (release) resolve();
        else whenHeld.push(resolve);
      }),
    goOn: () => release?.(),
    breakOff: () => open?.destroy(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const base = { model: recordedModel, created_at: new Date(0).toISOString() };

/** What the model says when it is asked again whether its answer is right. */
const oneToken = {
  ...base,
  message: { role: "assistant", content: "Yes" },
  done: true,
  done_reason: "stop",
  logprobs: [
    {
      ...{ token: "Yes", logprob: -0.2 },
      top_logprobs: [
        { token: "Yes", logprob: -0.2 },
        { token: "No", logprob: -1.8 },
      ],
    },
  ],
  ...{ prompt_eval_count: 950, eval_count: 1, prompt_eval_duration: 1e6, eval_duration: 1e6 },
};

function listed({ name, bytes, ...model }: RecordedModel) {
  return { name, model: name, size: bytes, digest: name, details: detailsOf(model) };
}

function shown(model: RecordedModel) {
  return {
    details: detailsOf(model),
    model_info: {
      "general.architecture": model.family,
      [`${model.family}.context_length`]: model.contextTokens,
    },
    capabilities: ["completion"],
  };
}

function detailsOf({
  parameters,
  quantisation,
  family,
}: Pick<RecordedModel, "parameters" | "quantisation" | "family">) {
  return {
    ...{ format: "gguf", family, families: [family] },
    ...{ parameter_size: parameters, quantization_level: quantisation },
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return JSON.parse(body) as unknown;
}
