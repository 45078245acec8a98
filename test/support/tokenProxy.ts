/** What stands before a company's Ollama: it lets through who brings the token, and says of others what they brought. */
import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";

export interface TokenProxy {
  readonly url: string;
  /** Paths that were let through, in order. */
  readonly passed: readonly string[];
  close(): Promise<void>;
}

export async function startTokenProxy(target: string, token: string): Promise<TokenProxy> {
  const passed: string[] = [];
  const proxy = createServer((incoming, response) => {
    if (incoming.headers.authorization !== `Bearer ${token}`) {
      incoming.resume();
      response.writeHead(401).end(`not with ${incoming.headers.authorization ?? "nothing"}`);
      return;
    }
    const { url = "", method, headers } = incoming;
    passed.push(url);
    const onward = forward(new URL(url, target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    passed,
    close: () => {
      proxy.closeAllConnections();
      return new Promise((resolve) => proxy.close(() => resolve()));
    },
  };
}
