/** A server that speaks Ollama's protocol by a script, for what the real one cannot be made to do. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ScriptedServer {
  readonly host: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  /** Resolves when a client has closed the connection of a chat before its end. */
  readonly closedEarly: Promise<void>;
  close(): Promise<void>;
}

export type Script = Readonly<Record<string, (response: ServerResponse) => void>>;

export const json =
  (value: unknown, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
    response.end(JSON.stringify(value));
  };

/** A chat's lines as they are; without a newline at its end a line is cut. */
export const lines =
  (texts: readonly string[], end: "end" | "destroy" | "stay" = "end") =>
  (response: ServerResponse) => {
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    response.write(texts.join(""), () => {
      if (end === "end") response.end();
      // The text has to be on its way before the connection breaks.
      if (end === "destroy") setTimeout(() => response.destroy(), 50);
    });
  };

export const token = (content: string, more: object = {}) =>
  `${JSON.stringify({ model: "m", message: { role: "assistant", content, ...more }, done: false })}\n`;

export const done = (reason = "stop") =>
  `${JSON.stringify({ model: "m", message: { role: "assistant", content: "" }, done: true, done_reason: reason, prompt_eval_count: 12, eval_count: 3 })}\n`;

export async function startScriptedServer(script: Script, address = "127.0.0.1"): Promise<ScriptedServer> {
  const asked: string[] = [];
  let early: () => void = () => undefined;
  const closedEarly = new Promise<void>((resolve) => (early = resolve));
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    response.on("close", () => {
      if (path === "/api/chat" && !response.writableFinished) early();
    });
    request.resume();
    (script[path] ?? json({ models: [] }))(response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, address, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    host: address === "::1" ? `http://localhost:${port}` : `http://${address}:${port}`,
    asked,
    closedEarly,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
