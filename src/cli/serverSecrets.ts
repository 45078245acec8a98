/** The command line's tokens and headers: from the environment, because arguments are seen by every process of the machine. */
import { FailureError } from "../core/failure";
import { serverOrigin } from "../core/models/serverAddress";
import { parseSecret, type SecretHeaders, type SecretsOf } from "../core/models/serverSecrets";

/**
 * What `DOCWRIGHT_OLLAMA_TOKEN` (a token) and `DOCWRIGHT_OLLAMA_HEADERS` (lines of `Name: value`) hold, for the one server that the command
 * names; another origin gets nothing. Throws `bad-argument`, which does not repeat the value, when one cannot be sent.
 */
export function environmentSecrets(environment: NodeJS.ProcessEnv, host: string): SecretsOf {
  const headers = secretsIn(environment);
  const own = serverOrigin(host);
  return (origin) => Promise.resolve(origin === own ? headers : {});
}

function secretsIn(environment: NodeJS.ProcessEnv): SecretHeaders {
  const read = (name: string, text: string) => {
    const headers = parseSecret(text);
    if (headers) return headers;
    throw new FailureError({ kind: "bad-argument", what: `${name} holds what cannot be sent as a header.` });
  };
  const token = environment["DOCWRIGHT_OLLAMA_TOKEN"]?.trim() ?? "";
  const lines = (environment["DOCWRIGHT_OLLAMA_HEADERS"] ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const headers = [
    ...lines.map((line) => read("DOCWRIGHT_OLLAMA_HEADERS", line)),
    ...(token === "" ? [] : [read("DOCWRIGHT_OLLAMA_TOKEN", token)]),
  ];
  return Object.fromEntries(headers.flatMap((each) => Object.entries(each)));
}
