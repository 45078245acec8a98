import { describe, expect, it } from "vitest";
import { FailureError } from "../../../src/core/failure";
import { createRpcClient, createRpcServer, type Handlers, type RpcMessage } from "../../../src/protocol/rpc";

interface Sample {
  readonly double: { params: number; event: string; result: number };
  readonly wait: { params: null; event: never; result: null };
}

/** Client and server joined by a structured clone, as a thread border joins them. */
function joined(handlers: Handlers<Sample>) {
  const seen: RpcMessage[] = [];
  const server = createRpcServer<Sample>(handlers, (message) => client.receive(structuredClone(message)));
  const client = createRpcClient<Sample>((message) => {
    seen.push(message);
    server.receive(structuredClone(message));
  });
  return { client, server, seen };
}

const handlers: Handlers<Sample> = {
  double: (value, emit) => {
    emit(`doubling ${value}`);
    if (value < 0) return Promise.reject(new FailureError({ kind: "bad-argument", what: "negative" }));
    if (value === 0) return Promise.reject(new Error("zero"));
    return Promise.resolve(value * 2);
  },
  wait: (_params, _emit, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => {
        reject(new DOMException("stopped", "AbortError"));
      });
    }),
};

describe("rpc", () => {
  it("returns the result after its events, each to its own call", async () => {
    const { client } = joined(handlers);
    const events: string[] = [];
    const results = await Promise.all([
      client.call("double", 2, { onEvent: (event) => events.push(event) }),
      client.call("double", 5, {}),
    ]);
    expect(results).toEqual([4, 10]);
    expect(events).toEqual(["doubling 2"]);
  });

  it.each([
    { params: -1, failure: { kind: "bad-argument", what: "negative" } },
    { params: 0, failure: { kind: "unexpected", cause: "zero" } },
  ])("carries the failure of $params as data", async ({ params, failure }) => {
    const { client } = joined(handlers);
    const error: unknown = await client.call("double", params, {}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FailureError);
    expect((error as FailureError).failure).toEqual(failure);
  });

  it("replies to a method that does not exist", async () => {
    const { client } = joined(handlers);
    const unknown = client.call("toString" as "double", 1, {});
    await expect(unknown).rejects.toThrow("unknown method toString");
  });

  it("cancels at once and tells the other side", async () => {
    const { client, seen } = joined(handlers);
    const controller = new AbortController();
    const call = client.call("wait", null, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    expect(seen.at(-1)).toEqual({ type: "cancel", id: 1 });
  });

  it("cancels all that is under way, and waits until the other side has cleaned up", async () => {
    let isClean = false;
    const { client } = joined({
      ...handlers,
      wait: (_params, _emit, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            setTimeout(() => {
              isClean = true;
              reject(new DOMException("stopped", "AbortError"));
            }, 20);
          });
        }),
    });
    const call = client.call("wait", null, {}).catch((reason: unknown) => reason);
    const ended = client.cancelAll();
    expect(await call).toMatchObject({ name: "AbortError" });
    expect(isClean).toBe(false);
    await ended;
    expect(isClean).toBe(true);
  });

  it("has nothing to wait for when nothing is under way", async () => {
    const { client } = joined(handlers);
    await client.call("double", 1, {});
    await client.cancelAll();
  });

  it("sends nothing when the signal was aborted before", async () => {
    const { client, seen } = joined(handlers);
    await expect(client.call("double", 1, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(seen).toEqual([]);
  });

  it("fails all that is under way when the border breaks", async () => {
    const { client } = joined(handlers);
    const call = client.call("wait", null, {});
    client.failAll({ kind: "worker-died", cause: "exit code 1" });
    await expect(call).rejects.toMatchObject({ failure: { kind: "worker-died" } });
  });
});
