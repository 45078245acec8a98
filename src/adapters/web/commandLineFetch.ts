/**
 * `fetch` with the proxy that the environment names: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in capitals or not. Certificates of a company's own
 * authority come by NODE_EXTRA_CA_CERTS, which Node itself reads. (In the editor its own `fetch` knows both from the settings.)
 */
import { EnvHttpProxyAgent, fetch as fetchThrough } from "undici";
import type { Fetch } from "./request";

export function createCommandLineFetch(): Fetch {
  // A plain request goes to the proxy as such: many let CONNECT through to port 443 alone.
  const dispatcher = new EnvHttpProxyAgent({ proxyTunnel: false });
  return async (input, init) => {
    const response: unknown = await fetchThrough(input, { ...init, dispatcher });
    return response as Response; // the library's own class has the standard's shape
  };
}
