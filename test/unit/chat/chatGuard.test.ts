import { describe, expect, test } from "vitest";
import { guardWebviewMessage } from "../../../src/protocol/chatGuard";

function request(method: string, params: unknown): unknown {
  return { type: "request", id: 1, method, params };
}

describe("messages of the page that are taken", () => {
  const good: readonly unknown[] = [
    request("open", {}),
    request("ask", { text: "How?" }),
    request("retry", { turnId: "a" }),
    request("retryWithModel", { turnId: "a" }),
    request("edit", { turnId: "a", text: "Otherwise?" }),
    request("addContext", { kind: "file" }),
    request("removeContextItem", { id: "file:a" }),
    request("newFile", { text: "class A {}", languageId: "java" }),
    request("checkCode", { text: "class A {}", languageId: "java" }),
    request("stop", {}),
    request("newChat", {}),
    request("setWithDocuments", { value: false }),
    request("removeContext", {}),
    request("copy", { text: "" }),
    request("insert", { text: "int a;" }),
    request("openPassage", { turnId: "a", passage: 0 }),
    request("openOfficialPage", { turnId: "a", passage: 3 }),
    request("openLink", { href: "https://docs.example" }),
    request("runAction", { action: "choose-model" }),
    { type: "cancel", id: 7 },
  ];
  test.each(good)("%j", (message) => {
    expect(guardWebviewMessage(message)).toEqual({ valid: true, message });
  });
});

describe("messages that are refused, with an id where somebody waits for a reply", () => {
  const bad: readonly (readonly [message: unknown, id: number | undefined])[] = [
    [undefined, undefined],
    ["ask", undefined],
    [{ type: "request" }, undefined],
    [{ type: "request", id: 0, method: "ask", params: { text: "" } }, undefined],
    [{ type: "result", id: 3, result: null }, 3],
    [request("run", { command: "rm" }), 1],
    [request("__proto__", {}), 1],
    [request("constructor", {}), 1],
    [request("ask", {}), 1],
    [request("addContext", { kind: "secrets" }), 1],
    [request("edit", { turnId: "a" }), 1],
    [request("ask", { text: 1 }), 1],
    [request("ask", { text: "a", more: true }), 1],
    [request("ask", { text: "a".repeat(1_000_001) }), 1],
    [request("openPassage", { turnId: "a", passage: -1 }), 1],
    [request("openPassage", { turnId: "a", passage: 0.5 }), 1],
    [request("runAction", { action: "workbench.action.terminal.new" }), 1],
    [{ ...(request("stop", {}) as object), command: "x" }, 1],
  ];
  test.each(bad)("%j", (message, id) => {
    const guarded = guardWebviewMessage(message);
    expect(guarded.valid).toBe(false);
    expect("id" in guarded ? guarded.id : undefined).toBe(id);
  });
});
