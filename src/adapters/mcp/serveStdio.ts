import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

export interface StdioStreams {
  readonly input: Readable;
  readonly output: Writable;
}

/** Serves one client on standard input and output until it closes its end or the signal aborts. */
export async function serveStdio(
  server: McpServer,
  { input, output }: StdioStreams,
  signal: AbortSignal,
): Promise<void> {
  // The transport itself does not tell that the client has gone.
  const gone = Promise.race([once(input, "end"), once(input, "close")]);
  await server.connect(new StdioServerTransport(input, output));
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await Promise.race([gone, aborted]);
  await server.close();
}
