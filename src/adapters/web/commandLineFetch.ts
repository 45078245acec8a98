/**
 * `fetch` with the proxy that the environment names: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in capitals or not. Certificates of a company's own
 * authority come by NODE_EXTRA_CA_CERTS, which Node itself reads. (In the editor its own `fetch` knows both from the settings.)
 */
import { EnvHttpProxyAgent, fetch as fetchThrough } from "undici";
import type { Fetch } from "./request";

/** The library's own `Response` has the standard's shape; it only is no instance of it. */
type StandardFetch = (
  input: Parameters<Fetch>[0],
  init: NonNullable<Parameters<Fetch>[1]> & { readonly dispatcher: EnvHttpProxyAgent },
) => Promise<Response>;

export function createCommandLineFetch(): Fetch {
  // A plain request goes to the proxy as such: many let CONNECT through to port 443 alone.
  const dispatcher = new EnvHttpProxyAgent({ proxyTunnel: false });
  const standardFetch = fetchThrough as unknown as StandardFetch;
  return (input, init) => standardFetch(input, { ...init, dispatcher });
}
