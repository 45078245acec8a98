/** What a person's server wants to see before it answers: a token or other headers, which nobody else may see. */

/** Headers by their name; `Authorization` for a token. */
export type SecretHeaders = Readonly<Record<string, string>>;

/** Looks up what is kept for the origin of a server (see `serverOrigin`); asked before each request, so that it is never out of date. */
export type SecretsOf = (origin: string) => Promise<SecretHeaders>;

/** Headers that belong to the connection or to the request itself. */
const notOurs =
  /^(host|connection|content-length|content-type|transfer-encoding|upgrade|te|trailer|expect|proxy-.*)$/i;

/**
 * Reads what a person wrote: a token, which becomes `Authorization: Bearer …`, or another header as `Name: value`. `undefined` for what
 * cannot be sent: line breaks, other characters than printable ASCII, headers of the connection.
 */
export function parseSecret(written: string): SecretHeaders | undefined {
  const text = written.trim();
  if (!/^[ -~]+$/.test(text)) return undefined;
  const header = /^([\w!#$%&'*+.^`|~-]+): +(\S.*)$/.exec(text);
  const [, name = "", value = ""] = header ?? [];
  if (header) return notOurs.test(name) ? undefined : { [canonical(name)]: value };
  const token = text.replace(/^Bearer +/i, "");
  return /\s/.test(token) ? undefined : { Authorization: `Bearer ${token}` };
}

/** `authorization` and `Authorization` are one header; the others stay as they were written. */
const canonical = (name: string) => (name.toLowerCase() === "authorization" ? "Authorization" : name);

/** Takes the secrets out of words that may repeat them: a server's error, a proxy's page. */
export function withoutSecrets(text: string, secrets: SecretHeaders): string {
  const values = Object.values(secrets).flatMap((value) => [value, value.replace(/^\S+ +/, "")]);
  return values.reduce((rest, value) => (value === "" ? rest : rest.replaceAll(value, "•••")), text);
}
