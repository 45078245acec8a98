/**
 * Keeps a public address from leading to this machine or into the network that it stands in: by a redirect, or by a name that resolves to a
 * private address. Who names a private address means it, and gets it.
 */
import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { downloadFailed, type Fetch } from "./request";

/** The addresses of a host's name. Rejects when there are none, as behind a proxy that alone looks names up. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** Ranges that no public server has: the IANA registries of special-purpose addresses (RFC 6890 and its updates). */
const privateRanges = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const) {
  privateRanges.addSubnet(network, prefix);
}
for (const [network, prefix] of [
  ["::", 127],
  ["64:ff9b:1::", 48],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  privateRanges.addSubnet(network, prefix, "ipv6");
}

/** @param address IPv4, or IPv6 without brackets; one that stands for an IPv4 address is judged by that. */
export function isPrivateAddress(address: string): boolean {
  const embedded = /^64:ff9b::([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address); // RFC 6052
  if (embedded) {
    const [high = 0, low = 0] = embedded.slice(1).map((part) => Number.parseInt(part, 16));
    return isPrivateAddress([high >> 8, high & 255, low >> 8, low & 255].join("."));
  }
  return privateRanges.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** Names that are looked up nowhere but near by (RFC 6761, RFC 6762, RFC 9476). */
const localName = /(?:^|\.)(?:localhost|local|internal|home\.arpa)\.?$/i;

/** Milliseconds. */
const lookupPatience = 3_000;

/** How many of a host's addresses are private: a name of somebody else's may have both kinds. */
type Inside = "none" | "some" | "all";

async function leadsInside(url: URL, resolve: Resolve): Promise<Inside> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0) return isPrivateAddress(host) ? "all" : "none";
  if (localName.test(host)) return "all";
  // A name that cannot be looked up here is the proxy's to look up, or the request fails by itself.
  const late = pause(lookupPatience, [] as readonly string[], { ref: false });
  const addresses = await Promise.race([resolve(host).catch(() => []), late]);
  if (!addresses.some(isPrivateAddress)) return "none";
  return addresses.every(isPrivateAddress) ? "all" : "some";
}

const mostRedirects = 20;

/** @param start The address that the person named: whether it lies inside decides what may be asked for. */
export function guardedFetch(fetch: Fetch, start: string, resolve: Resolve = systemResolve): Fetch {
  /** By host, so that each is looked up once. */
  const known = new Map<string, Promise<Inside>>();
  const isInside = (address: string) => {
    const url = new URL(address);
    const inside = known.get(url.hostname) ?? leadsInside(url, resolve);
    known.set(url.hostname, inside);
    return inside;
  };
  const allow = async (address: string) => {
    if ((await isInside(start)) !== "all" && (await isInside(address)) !== "none") {
      throw downloadFailed(
        start,
        `it leads to ${new URL(address).host}, which is no public address. Name that address itself if you mean it`,
      );
    }
  };
  return async (input, init) => {
    let address = input;
    for (let redirects = 0; ; redirects++) {
      await allow(address);
      const response = await fetch(address, { ...init, redirect: "manual" });
      const location = response.status >= 300 && response.status < 400 && response.headers.get("location");
      if (init.redirect === "manual" || typeof location !== "string") return response;
      await response.body?.cancel();
      if (redirects >= mostRedirects) throw downloadFailed(start, "its redirects do not end");
      const next = URL.canParse(location, address) ? new URL(location, address) : undefined;
      if (!next || !/^https?:$/.test(next.protocol)) throw downloadFailed(start, "it leads nowhere");
      address = next.href;
    }
  };
}
