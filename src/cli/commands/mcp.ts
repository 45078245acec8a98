import { relative, resolve } from "node:path";
import { createDoorTools, type DoorPlace } from "../../core/doors/tools";
import { isBelow } from "../../core/project/isBelow";
import type { Command, CommandContext, ParsedCommand } from "../command";
import {
  badArgument,
  isSet,
  path,
  projectFlag,
  springBoot,
  springBootFlag,
  store,
  storeFlag,
  text,
} from "../flags";

export const mcp: Command = {
  operands: "",
  summary: "Serve documents and checks to other programs by the Model Context Protocol.",
  exitCodes:
    "It ends when the client closes standard input, or with Ctrl-C. Exit status: 0 done, 2 could not, 130 cancelled.",
  flags: {
    http: {
      type: "string",
      value: "PORT",
      help: "serve HTTP on this port of 127.0.0.1 instead of standard input and output (0: any free port)",
    },
    project: {
      ...projectFlag,
      help: "the project that is checked and whose version is asked; naming it trusts it",
    },
    "spring-boot": springBootFlag,
    store: storeFlag,
    offline: { type: "boolean", help: "fetch nothing; use what lies on this machine" },
  },
  async run(parsed, context, signal) {
    if (parsed.positionals.length > 0) throw badArgument("docwright mcp takes flags only.");
    const port = portOf(parsed);
    const place = placeOf(parsed, context);
    // The libraries of the protocol are loaded by this command alone.
    const [{ createMcpServer }, { serveStdio }, { serveHttp }] = await Promise.all([
      import("../../adapters/mcp/mcpServer"),
      import("../../adapters/mcp/serveStdio"),
      import("../../adapters/mcp/serveHttp"),
    ]);
    const { engine, terminal } = context;
    const runTool = createDoorTools({
      engine,
      place: async (abort) => {
        if (place.project === undefined || place.springBootVersion !== undefined) return place;
        // Read at each call: the build file may change while the server runs.
        const { springBootVersion } = await engine.projectFacts({ path: place.project }, abort);
        return { ...place, ...(springBootVersion !== undefined && { springBootVersion }) };
      },
    });
    const create = () => createMcpServer({ engine, runTool, ...store(parsed, context) });
    if (port === undefined) {
      await serveStdio(create(), { input: process.stdin, output: process.stdout }, signal);
    } else {
      const log = (line: string) => terminal.say(line);
      await serveHttp(
        { port, createServer: create, log, onListening: (address) => log(`Serving MCP at ${address}`) },
        signal,
      );
    }
    return signal.aborted ? 130 : 0;
  },
};

function portOf(parsed: ParsedCommand): number | undefined {
  const given = text(parsed, "http");
  if (given === undefined) return undefined;
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > 65_535) throw badArgument("--http takes a port from 0 to 65535.");
  return port;
}

function placeOf(parsed: ParsedCommand, context: CommandContext): DoorPlace {
  const project = path(parsed, "project", context);
  const root = project ?? context.directory;
  return {
    ...(project !== undefined && { project }),
    ...springBoot(parsed),
    ...store(parsed, context),
    offline: isSet(parsed, "offline"),
    // As for `docwright check`: naming the project is the trust.
    trusted: project !== undefined,
    resolveFile(file) {
      const full = resolve(root, file);
      return isBelow(relative(root, full)) ? full : undefined;
    },
  };
}
