/** A server of this machine that counts what it is asked for; each test says what it answers. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";

export interface LocalSite {
  readonly origin: string;
  /** Method-less: every path with its query, in the order of the requests. */
  readonly asked: () => readonly string[];
  readonly requests: () => readonly IncomingMessage[];
  answer: RequestListener;
  close(): Promise<void>;
}

export async function startSite(
  answer: RequestListener,
  tls?: { readonly pfx: Buffer; readonly passphrase: string },
): Promise<LocalSite> {
  const requests: IncomingMessage[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    site.answer(request, response);
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const site: LocalSite = {
    origin: tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    asked: () => requests.map(({ url }) => url ?? ""),
    requests: () => requests,
    answer,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return site;
}

export interface Page {
  readonly body: string | Uint8Array;
  readonly type?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers from a table of pages; what is not in it is a 404. ETags are made of the content and honoured. */
export function fromTable(pages: Readonly<Record<string, string | Page>>): RequestListener {
  return (request, response) => {
    const found = pages[request.url ?? ""];
    if (found === undefined) return void response.writeHead(404).end("no such page");
    const page: Page = typeof found === "string" ? { body: found } : found;
    send(request, response, page);
  };
}

function send(request: IncomingMessage, response: ServerResponse, page: Page): void {
  const { body, type = "text/html; charset=utf-8", status = 200, headers = {} } = page;
  const etag = `"${Buffer.from(body).toString("base64url").slice(-24)}-${body.length}"`;
  if (status === 200 && request.headers["if-none-match"] === etag) return void response.writeHead(304).end();
  response.writeHead(status, { "content-type": type, etag, ...headers }).end(body);
}

/** A page of a site with links. */
export function page(title: string, links: readonly string[], text = `About ${title}.`): string {
  const anchors = links.map((href) => `<a href="${href}">to ${href}</a>`).join("\n");
  return `<!doctype html><html><head><title>${title}</title></head><body><main><h1>${title}</h1><p>${text}</p>${anchors}</main></body></html>`;
}
