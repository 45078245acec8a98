const defaultPort = "11434";

/**
 * The base addresses to try for what a person wrote as the server's host, in order. A bare `localhost` may resolve to an address family
 * that the server does not listen on, so both loopback addresses are tried; `0.0.0.0` is an address to listen on, not one to call.
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

function parse(text: string): URL | undefined {
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url : undefined;
  } catch {
    return undefined;
  }
}
