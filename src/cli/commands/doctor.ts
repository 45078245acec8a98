import type { DoctorCheck } from "../../core/engine";
import type { Command } from "../command";
import {
  host,
  hostFlag,
  isSet,
  jsonFlag,
  model,
  modelFlag,
  path,
  projectFlag,
  store,
  storeFlag,
} from "../flags";

const marks = { pass: "ok  ", warn: "warn", fail: "FAIL" } as const satisfies Record<
  DoctorCheck["state"],
  string
>;

export const doctor: Command = {
  operands: "",
  summary: "Check what Docwright needs: its package, the index, the Ollama server, the model, the project.",
  flags: { store: storeFlag, project: projectFlag, model: modelFlag, host: hostFlag, json: jsonFlag },
  async run(parsed, context, signal) {
    const project = path(parsed, "project", context);
    const checks = await context.engine.doctor(
      {
        host: host(parsed, context),
        model: model(parsed, context),
        ...store(parsed, context),
        ...(project !== undefined && { project }),
      },
      signal,
    );
    const text = checks.map(
      ({ name, state, detail, remedy }) =>
        `${marks[state]}  ${name}: ${detail}${remedy === undefined ? "" : `\n      ${remedy}`}\n`,
    );
    context.terminal.answer(isSet(parsed, "json") ? `${JSON.stringify({ checks })}\n` : text.join(""));
    return checks.some(({ state }) => state === "fail") ? 2 : 0;
  },
};
