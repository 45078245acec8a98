/** Addresses of servers of language models: which of them to call, and what a secret is bound to. */
const defaultPort = "11434";

/**
 * The base addresses to try for what a person wrote as the server's host, in order; none when it is no address. A bare `localhost` may
 * resolve to an address family that the server does not listen on, so both loopback addresses are tried; `0.0.0.0` is an address to listen
 * on, not one to call. One with a user or password in it is refused: addresses are shown and logged.
 */
export function serverAddresses(host: string): readonly string[] {
  const text = host.trim();
  const url = parse(text.includes("://") ? text : `http://${text}`);
  if (!url) return [];
  if (!url.port && !text.includes("://")) url.port = defaultPort;
  const base = (name: string) => {
    const address = new URL(url);
    address.hostname = name;
    return address.toString().replace(/\/$/, "");
  };
  if (url.hostname === "localhost") return [base("127.0.0.1"), base("[::1]")];
  if (url.hostname === "0.0.0.0") return [base("127.0.0.1")];
  return [base(url.hostname)];
}

/** True when the server runs on this machine, as far as its address tells. */
export function isLoopback(host: string): boolean {
  return serverAddresses(host).some((address) => {
    const name = new URL(address).hostname;
    return name === "[::1]" || name.startsWith("127.");
  });
}

/**
 * What a token is bound to: scheme, name and port; `undefined` when it is no address. The names of this machine's loopback are one server
 * under several names.
 */
export function serverOrigin(host: string): string | undefined {
  const [first] = serverAddresses(host);
  if (first === undefined) return undefined;
  const url = new URL(first);
  if (url.hostname === "[::1]") url.hostname = "127.0.0.1";
  return url.origin;
}

function parse(text: string): URL | undefined {
  try {
    const url = new URL(text);
    const named = url.protocol === "http:" || url.protocol === "https:";
    return named && url.username === "" && url.password === "" ? url : undefined;
  } catch {
    return undefined;
  }
}
