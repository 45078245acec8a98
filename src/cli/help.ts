import type { Command, Flag } from "./command";

const usualExitCodes = "Exit status: 0 done, 1 nothing found, 2 could not, 130 cancelled.";

export function overallHelp(commands: Readonly<Record<string, Command>>): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  return [
    "docwright: code and explanations from the reference of your project's own Spring Boot version.",
    "",
    "Usage: docwright <command> [flags]",
    "",
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "`docwright <command> --help` explains a command; `docwright --version` prints the version.",
    "Answers go to standard output, progress to standard error.",
    usualExitCodes,
    "",
  ].join("\n");
}

export function commandHelp(
  name: string,
  { operands, summary, flags, exitCodes = usualExitCodes }: Command,
): string {
  const rows = Object.entries({
    ...flags,
    help: { type: "boolean", short: "h", help: "print this" } satisfies Flag,
  }).map(([flag, entry]: [string, Flag]) => {
    const short = entry.short === undefined ? "    " : `-${entry.short}, `;
    const usage = flag.length === 1 ? `-${flag}` : `${short}--${flag}`;
    return { usage: entry.value === undefined ? usage : `${usage} ${entry.value}`, help: entry.help };
  });
  const width = Math.max(...rows.map(({ usage }) => usage.length));
  return [
    `Usage: docwright ${name} [flags] ${operands}`.trimEnd(),
    "",
    summary,
    "",
    ...rows.map(({ usage, help }) => `  ${usage.padEnd(width)}  ${help}`),
    "",
    exitCodes,
    "",
  ].join("\n");
}
