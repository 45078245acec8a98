/** Whether a model can be expected to write Spring Boot 3 code, as far as its name and size tell. */
import { parseParameters } from "./memory";

export type ModelDoubt =
  /** Its training ended before Spring Boot 3.0 (November 2022) was known: it writes `javax` and removed classes by itself. */
  | "old"
  /** Below it models lose the thread of a prompt with documents. */
  | "small";

/** Weights; the smallest of our ladder that is offered for use has more. */
const leastParameters = 1.3e9;

/** Families whose training data ends in 2022 or early 2023, by the names of Ollama's library. */
const oldFamilies = [
  ...["codellama", "llama2", "llama2-uncensored", "vicuna", "wizardcoder", "wizard-vicuna", "wizardlm"],
  ...["starcoder", "codebooga", "phind-codellama", "orca-mini", "orca2", "falcon", "stablelm", "stable-code"],
  ...["nous-hermes", "open-orca-platypus2", "everythinglm", "xwinlm", "codeup", "sqlcoder", "magicoder"],
];

export function modelDoubts({
  name,
  parameters,
}: {
  readonly name: string;
  /** As Ollama writes it. */
  readonly parameters?: string;
}): readonly ModelDoubt[] {
  const family = name.toLowerCase().split("/").at(-1)?.split(":")[0] ?? "";
  const weights = parseParameters(parameters);
  return [
    ...(oldFamilies.includes(family) ? ["old" as const] : []),
    ...(weights !== undefined && weights < leastParameters ? ["small" as const] : []),
  ];
}
