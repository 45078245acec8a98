import type { Command } from "./command";
import { changes } from "./commands/changes";
import { check } from "./commands/check";
import { calibrate } from "./commands/calibrate";
import { classify } from "./commands/classify";
import { doctor } from "./commands/doctor";
import { explain } from "./commands/explain";
import { generate } from "./commands/generate";
import { indexDocuments } from "./commands/indexDocuments";
import { mcp } from "./commands/mcp";
import { labels } from "./commands/labels";
import { predict } from "./commands/predict";
import { report } from "./commands/report";
import { search } from "./commands/search";
import { sources } from "./commands/sources";

export const commands: Readonly<Record<string, Command>> = {
  index: indexDocuments,
  search,
  changes,
  generate,
  explain,
  check,
  doctor,
  mcp,
  classify,
  calibrate,
  labels,
  predict,
  report,
  sources,
};
