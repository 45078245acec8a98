// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from "vitest";
import { createQuestionView } from "../../../src/webview/view/questionView";
import { turnRecord } from "../chat/turnRecord";

const asked: string[] = [];
const view = (kind: "chat" | "explain" = "chat") =>
  createQuestionView({ ...turnRecord("a", {}), kind }, (text) => void asked.push(text));

function parts(root: HTMLElement) {
  const [edit, send, cancel] = root.querySelectorAll("button");
  const input = root.querySelector("textarea");
  if (!edit || !send || !cancel || !input) throw new Error("the question lacks its parts");
  document.body.replaceChildren(root);
  const press = (key: string) =>
    input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  return { edit, send, cancel, input, press };
}

beforeEach(() => void asked.splice(0));

describe("a question in other words", () => {
  test("is asked by Enter, with the words there were to begin from", () => {
    const { edit, input, press } = parts(view().root);
    edit.click();
    expect(input.value).toBe("Question a");
    expect(document.activeElement).toBe(input);
    input.value = " Otherwise? ";
    press("Enter");
    expect(asked).toEqual(["Otherwise?"]);
    expect(document.activeElement).toBe(edit);
  });

  test("is given up by Escape, which stops nothing else", () => {
    let outer = 0;
    const { edit, input, press } = parts(view().root);
    document.body.addEventListener("keydown", () => outer++, { once: true });
    edit.click();
    input.value = "x";
    press("Escape");
    expect(asked).toEqual([]);
    expect(outer).toBe(0);
    edit.click();
    expect(input.value).toBe("Question a");
  });

  test("is not asked without words", () => {
    const { edit, input, send } = parts(view().root);
    edit.click();
    input.value = "  ";
    send.click();
    expect(asked).toEqual([]);
  });
});

test("an explanation's title is ours and cannot be changed", () => {
  expect(view("explain").root.querySelector(".question-line button")).toBeNull();
});
