/**
 * MCP over HTTP for programs of this machine. It listens on the loopback address alone, and refuses what a web page could send there: a
 * request with a foreign `Origin`, or with a `Host` that a rebound name left in it. Each request has a server of its own; nothing is kept.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { FailureError } from "../../core/failure";

export interface ServeHttpProps {
  /** 0: any that is free. */
  readonly port: number;
  readonly createServer: () => McpServer;
  /** Told once it listens. */
  readonly onListening: (address: string) => void;
  readonly log: (line: string) => void;
}

const path = "/mcp";
/** A file that is checked fits many times. */
const largestBody = 8_000_000;

/** Serves until the signal aborts. Throws `bad-argument` when the port is taken. */
export async function serveHttp(props: ServeHttpProps, signal: AbortSignal): Promise<void> {
  const server = createServer((request, response) => {
    handle(request, response, props).catch((error: unknown) => {
      props.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      if (!response.headersSent) refuse(response, 500, "The request failed.");
      else response.destroy();
    });
  });
  server.listen(props.port, "127.0.0.1");
  try {
    await once(server, "listening", { signal });
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof Error ? error.message : String(error);
    throw new FailureError({ kind: "bad-argument", what: `Port ${props.port} cannot be used: ${cause}.` });
  }
  props.onListening(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { createServer: create }: ServeHttpProps,
): Promise<void> {
  const { origin, host } = request.headers;
  if (!isOfThisMachine(`http://${host ?? ""}`) || (origin !== undefined && !isOfThisMachine(origin))) {
    refuse(response, 403, "Only programs of this machine are served.");
    return;
  }
  if (request.url?.split("?")[0] !== path) {
    refuse(response, 404, `The address is ${path}.`);
    return;
  }
  if (request.method !== "POST") {
    response.setHeader("Allow", "POST");
    refuse(response, 405, "There are no sessions here: use POST.");
    return;
  }
  if (Number(request.headers["content-length"] ?? 0) > largestBody) {
    refuse(response, 413, "The request is too large.");
    return;
  }
  const server = create();
  const transport = new StreamableHTTPServerTransport();
  response.once("close", () => void server.close());
  // The library's own types disagree about what may be undefined.
  await server.connect(transport);
  await transport.handleRequest(request, response);
}

function isOfThisMachine(address: string): boolean {
  return URL.canParse(address) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(address).hostname);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify({ jsonrpc: "2.0", error: { code: -32_000, message }, id: null }));
}
