// Runs one program and ends it, with all that it started, when whoever started this guard is gone: its end of the pipe to our standard input
// closes then, even after a SIGKILL.
import { spawn, spawnSync } from "node:child_process";

const GRACE_MILLISECONDS = 4000;
const [command = "", ...args] = process.argv.slice(2);
const program = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], windowsHide: true });

program.once("error", (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
program.once("exit", (code) => process.exit(code ?? 1));

// A signal goes to the whole group, the program included: wait for the program's own end.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);

process.stdin.once("close", () => {
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(program.pid), "/t", "/f"], { stdio: "ignore" });
    return;
  }
  process.kill(-process.pid, "SIGTERM");
  setTimeout(() => process.kill(-process.pid, "SIGKILL"), GRACE_MILLISECONDS);
});
process.stdin.resume();
