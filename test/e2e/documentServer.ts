/** A company's own server, with the documents that are given; everything else is not there. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface DocumentServer {
  address(page: string): string;
  close(): void;
}

/** @param pages Markdown by its name. */
export async function startDocumentServer(pages: Readonly<Record<string, string>>): Promise<DocumentServer> {
  const server = createServer((request, response) => {
    const page = pages[(request.url ?? "").slice(1)];
    response.writeHead(page === undefined ? 404 : 200, { "content-type": "text/markdown" });
    response.end(page ?? "no such page");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { address: (page) => `http://127.0.0.1:${port}/${page}`, close: () => void server.close() };
}
