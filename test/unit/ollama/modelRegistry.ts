/** A registry of models over the models folder of a server, so that a real server can pull without a network. */
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

export interface ModelRegistry {
  /** Put before `library/<model>` in the name to pull. */
  readonly address: string;
  close(): Promise<void>;
}

export async function startModelRegistry(modelsFolder: string): Promise<ModelRegistry> {
  const server = createServer((request, response) => {
    respond(modelsFolder, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function respond(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? "";
  const manifest = /^\/v2\/([\w.-]+)\/([\w.-]+)\/manifests\/([\w.-]+)$/.exec(path);
  if (manifest) {
    const file = join(folder, "manifests", "registry.ollama.ai", ...manifest.slice(1));
    const text = await readFile(file).catch(() => undefined);
    response.writeHead(text ? 200 : 404, { "content-type": "application/json" });
    response.end(text ?? '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}');
    return;
  }
  const digest = /\/blobs\/sha256:([0-9a-f]{64})$/.exec(path)?.[1];
  const file = join(folder, "blobs", `sha256-${digest ?? ""}`);
  const found = digest === undefined ? undefined : await stat(file).catch(() => undefined);
  if (!found) {
    response.writeHead(404).end();
    return;
  }
  if (request.method === "HEAD") {
    response.writeHead(200, { "content-length": found.size }).end();
    return;
  }
  // The server reads a blob only from another host than the registry's own.
  if (request.headers.host?.startsWith("127.")) {
    const location = `http://${request.headers.host.replace(/^[^:]+/, "localhost")}${path}`;
    response.writeHead(307, { location }).end();
    return;
  }
  const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? "");
  const start = Number(range?.[1] ?? 0);
  const end = range?.[2] ? Number(range[2]) : found.size - 1;
  response.writeHead(range ? 206 : 200, {
    "content-length": end - start + 1,
    "content-range": `bytes ${start}-${end}/${found.size}`,
  });
  await pipeline(createReadStream(file, { start, end }), response);
}
