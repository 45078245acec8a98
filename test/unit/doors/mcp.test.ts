/** The built command line as an MCP server, asked by the official client: over standard input and output, and over HTTP. */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repositoryRoot } from "../../../scripts/shared/repositoryRoot.mjs";
import { toolNames } from "../../../src/core/doors/toolInputs";
import { temporaryFolder } from "../indexing/smallDocuments";

const cli = join(repositoryRoot, "dist", "cli.cjs");
let folder: string;
let server: ChildProcessByStdio<null, null, Readable>;
let address: string;

beforeAll(async () => {
  folder = await temporaryFolder("mcp");
  server = spawn(process.execPath, [cli, "mcp", "--http", "0"], {
    cwd: folder,
    env: { ...process.env, XDG_DATA_HOME: folder },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  while (!/Serving MCP at \S+\n/.test(said)) said += String(await once(server.stderr, "data"));
  address = /http:\S+/.exec(said)?.[0] ?? "";
});

afterAll(async () => {
  server.kill("SIGINT");
  const [code] = (await once(server, "close")) as [number | null];
  expect(code).toBe(130);
});

async function connected<Result>(
  transport: Transport,
  use: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

const transports = {
  "standard input and output": () =>
    new StdioClientTransport({
      command: process.execPath,
      args: [cli, "mcp"],
      cwd: folder,
      env: { ...(process.env as Record<string, string>), XDG_DATA_HOME: folder },
      stderr: "ignore",
    }),
  HTTP: () => new StreamableHTTPClientTransport(new URL(address)) as Transport,
};

describe.each(Object.entries(transports))("over %s", (_, transport) => {
  test("tools, passages and the prompt are there", () =>
    connected(transport(), async (client) => {
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name)).toEqual(toolNames);
      const found = await client.callTool({
        name: "docwright_searchDocs",
        arguments: { question: "How do I let running requests finish when the application stops?", count: 2 },
      });
      const [text, link] = found.content as readonly { readonly text?: string; readonly uri?: string }[];
      expect(text?.text).toContain("server.shutdown");
      const { contents } = await client.readResource({ uri: link?.uri ?? "" });
      expect(JSON.stringify(contents)).toContain("server.shutdown");
      const { messages } = await client.getPrompt({
        name: "spring_boot_task",
        arguments: { task: "Stop without breaking requests off" },
      });
      expect(JSON.stringify(messages)).toContain("graceful");
      const outside = await client.callTool({
        name: "docwright_checkCode",
        arguments: { file: "../outside.java" },
      });
      expect(outside.isError).toBe(true);
    }));
});

test.each([
  ["a foreign page", { Origin: "https://evil.example" }, 403],
  ["a rebound name", { Host: "evil.example" }, 403],
  ["a reader of pages", {}, 405],
])("HTTP refuses %s", async (_, headers, status) => {
  const sent = request(address, { method: status === 405 ? "GET" : "POST", headers });
  sent.end();
  const [response] = (await once(sent, "response")) as [{ statusCode: number; resume(): void }];
  response.resume();
  expect(response.statusCode).toBe(status);
});
