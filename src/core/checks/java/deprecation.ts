import type { FindingWords } from "../finding";
import type { JavaDiagnostic } from "./compileJob";
import { sentenceOf } from "./compilerWords";
import { simpleName } from "./typeNames";

export const isDeprecation = ({ code }: JavaDiagnostic) => code.includes(".has.been.deprecated");

/** @param instead What the javadoc says to use, a sentence. */
export function deprecation(diagnostic: JavaDiagnostic, instead: string | undefined): FindingWords {
  const { owner, name, code, parameters } = diagnostic;
  const member =
    name === "<init>" ? "the constructor" : `\`${name}(${parameters.map(simpleName).join(", ")})\``;
  const what =
    owner === ""
      ? sentenceOf(diagnostic).replace(/ has been deprecated.*/, "")
      : name === ""
        ? `\`${owner}\``
        : `${member} of \`${simpleName(owner)}\``;
  const removal = code.includes("for.removal");
  return {
    rule: removal ? "deprecated-for-removal" : "deprecated",
    level: "warning",
    message:
      `${what} is deprecated${removal ? " and will be removed" : ""}.${instead === undefined ? "" : ` ${instead}`}`.replace(
        /^t/,
        "T",
      ),
    ...(owner !== "" && { evidence: name === "" ? owner : `${owner}#${name}` }),
  };
}
