/** A proxy of this machine that leads every connection to one server, whatever host was asked for, and notes what it was asked. */
import { createServer, request as ask } from "node:http";
import { connect, type AddressInfo } from "node:net";

export interface LocalProxy {
  readonly url: string;
  /** `CONNECT docs.spring.io:443`, `GET http://host/path`. */
  readonly asked: readonly string[];
  readonly authorizations: readonly (string | undefined)[];
  close(): Promise<void>;
}

/** @param password When given, who does not name it is refused. */
export async function startProxy(target: string, password?: string): Promise<LocalProxy> {
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const { port } = new URL(target);
  const isAllowed = (header: string | undefined) => {
    authorizations.push(header);
    return password === undefined || header === `Basic ${Buffer.from(password).toString("base64")}`;
  };
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
    if (!isAllowed(request.headers["proxy-authorization"])) return void response.writeHead(407).end();
    const { pathname } = new URL(request.url ?? "", target);
    ask({ host: "127.0.0.1", port, path: pathname }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    }).end();
  });
  server.on("connect", (request, socket, head) => {
    asked.push(`CONNECT ${request.url ?? ""}`);
    if (!isAllowed(request.headers["proxy-authorization"])) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      return;
    }
    const upstream = connect(Number(port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket])
      end.on("error", () => [upstream, socket].forEach((each) => each.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    authorizations,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
