/** The Model Context Protocol's face of the tools: what it lists and reads is what `src/core/doors` makes. */
import { McpServer, ResourceTemplate } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import { version } from "../../../package.json";
import { passageHeading, passageUri, quotedNote } from "../../core/doors/passageText";
import { taskPrompt } from "../../core/doors/taskPrompt";
import { toolInputs, toolNames, toolWords } from "../../core/doors/toolInputs";
import type { RunTool, ToolReply } from "../../core/doors/tools";
import type { Engine } from "../../core/engine";

export interface McpServerProps {
  readonly engine: Pick<Engine, "openPassage" | "sets">;
  readonly runTool: RunTool;
  /** Folder of the store; absent: the default one. */
  readonly store?: string;
}

const instructions =
  "Documents and checks for Spring Boot in exactly the version of the project: search the documents before writing code, check every file that you wrote, and look properties up instead of guessing them.";

/** A server for one connection. */
export function createMcpServer({ engine, runTool, store }: McpServerProps): McpServer {
  const server = new McpServer({ name: "docwright", title: "Docwright", version }, { instructions });
  const place = store === undefined ? {} : { store };

  for (const name of toolNames) {
    server.registerTool(
      name,
      {
        ...toolWords[name],
        inputSchema: toolInputs[name],
        annotations: { readOnlyHint: true, destructiveHint: false, openWorldHint: false },
      },
      async (input: unknown, { signal }: { readonly signal: AbortSignal }) =>
        toolResult(await runTool(name, input, signal)),
    );
  }

  server.registerResource(
    "passage",
    new ResourceTemplate("docwright://passage/{id}", { list: undefined }),
    {
      title: "A passage in its section",
      description: "The section of the documents that a found passage stands in.",
      mimeType: "text/markdown",
    },
    async (uri, { id }, { signal }) => {
      const passageId = decodeURIComponent(String(id));
      const { passage, section } = await engine.openPassage({ ...place, passageId }, signal);
      const source = [
        passage.document,
        passage.version && `Spring Boot ${passage.version}`,
        passage.officialUrl,
      ];
      const text = [quotedNote, source.filter(Boolean).join(", "), section].join("\n\n");
      return { contents: [{ uri: uri.href, mimeType: "text/markdown", text }] };
    },
  );

  server.registerResource(
    "documents",
    "docwright://documents",
    {
      title: "Indexed documents",
      description: "The document sets that are searched, with their versions.",
      mimeType: "application/json",
    },
    async (uri, { signal }) => {
      const sets = await engine.sets(place, signal);
      const told = sets.map(({ id, name, springBootVersion, documents, passages, state }) => ({
        ...{ id, name, documents, passages, state },
        springBootVersion: springBootVersion ?? null,
      }));
      return {
        contents: [{ uri: uri.href, mimeType: "application/json", text: JSON.stringify(told, undefined, 2) }],
      };
    },
  );

  server.registerPrompt(
    "spring_boot_task",
    {
      title: "A Spring Boot task with its documents",
      description: "Puts the passages that belong to a task beside it, with the rules for using them.",
      argsSchema: { task: z.string().min(1).max(4_000).describe("What is to be written or explained.") },
    },
    async ({ task }, { signal }) => {
      const found = await runTool("docwright_searchDocs", { question: task }, signal);
      return { messages: [{ role: "user", content: { type: "text", text: taskPrompt(task, found.text) } }] };
    },
  );
  return server;
}

function toolResult({ text, passages, failed }: ToolReply): CallToolResult {
  return {
    content: [
      { type: "text", text },
      ...passages.map((passage) => ({
        type: "resource_link" as const,
        uri: passageUri(passage),
        name: passageHeading(passage),
        mimeType: "text/markdown",
      })),
    ],
    ...(failed && { isError: true }),
  };
}
