// @vitest-environment jsdom
import { expect, test } from "vitest";
import { createAnswerText } from "../../../src/webview/view/answerText";

const actions = {
  copy: () => Promise.resolve(true),
  insert: () => Promise.resolve(true),
  apply: () => Promise.resolve(true),
  newFile: () => Promise.resolve(true),
  check: () => Promise.resolve(undefined),
  openLink: () => undefined,
};
const makeMark = () => document.createElement("sup");
const answer = `Intro with **bold** text.

\`\`\`java
class A {
    int a = 1; // one
    String text = """
        block
        """;
}
\`\`\`

- one
- two

The end.`;

function html(root: HTMLElement): string {
  return root.innerHTML;
}

test("an answer that came in pieces looks as one that came at once", () => {
  const whole = createAnswerText({ actions, makeMark });
  whole.finish(answer, []);
  for (const size of [1, 3, 7, 50]) {
    const streamed = createAnswerText({ actions, makeMark });
    for (let end = size; end < answer.length + size; end += size) streamed.stream(answer.slice(0, end));
    streamed.finish(answer, []);
    expect(html(streamed.root), `pieces of ${size}`).toBe(html(whole.root));
  }
});

test("finished blocks are not rendered again, neither by more text nor by the end", () => {
  const view = createAnswerText({ actions, makeMark });
  view.stream("First.\n\nSec");
  const first = view.root.children[0];
  view.stream("First.\n\nSecond.\n\nThi");
  const second = view.root.children[1];
  view.finish("First.\n\nSecond.\n\nThird.", []);
  expect(view.root.children[0]).toBe(first);
  expect(view.root.children[1]).toBe(second);
});

test("code shows while it is written, its lines coloured, its closing fence never shown", () => {
  const view = createAnswerText({ actions, makeMark });
  const text = "```java\npublic class A {\n    in";
  view.stream(text);
  expect(view.root.querySelector("pre code")?.textContent).toBe("public class A {\n    in");
  expect(view.root.querySelector(".hljs-keyword")?.textContent).toBe("public");
  view.stream(`${text}t a;\n}\n\`\``);
  expect(view.root.querySelector("pre code")?.textContent).toBe("public class A {\n    int a;\n}\n");
});

test("long code keeps its whole text while it grows", () => {
  const line = '    private final String name = "value"; // a comment\n';
  const code = line.repeat(70);
  const view = createAnswerText({ actions, makeMark });
  for (let end = 0; end <= code.length; end += 777) view.stream(`\`\`\`java\n${code.slice(0, end)}`);
  view.stream(`\`\`\`java\n${code}`);
  expect(view.root.querySelector("pre code")?.textContent).toBe(code);
});

test("a text that is another than before is shown from its start", () => {
  const view = createAnswerText({ actions, makeMark });
  view.stream("One.\n\nTwo");
  view.stream("Else");
  expect(view.root.textContent.trim()).toBe("Else");
});
