import { expect, test } from "vitest";
import { statementAround } from "../../../src/core/generate/statement";

const java = `class A {

    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
        return http
            .csrf()
            .and() // old
            .build();
    }
}`.split("\n");
const at = (words: string) => {
  const start = java.findIndex((line) => line.includes(words));
  return { start, end: start + 1 };
};

test.each([
  ["a part of a call chain", ".and()", "return http", ".build();"],
  ["its first line", "return http", "return http", ".build();"],
  ["an annotation", "@Bean", "@Bean", "@Bean"],
  [
    "the head of a member below its annotation",
    "SecurityFilterChain",
    "SecurityFilterChain",
    "SecurityFilterChain",
  ],
])("%s stands in its whole statement", (_, problem, first, last) => {
  expect(statementAround(java, at(problem), "java")).toEqual({ start: at(first).start, end: at(last).end });
});

test("a line of configuration stands for itself", () => {
  expect(statementAround(["a: 1", "b: 2", "c: 3"], { start: 1, end: 2 }, "yaml")).toEqual({
    start: 1,
    end: 2,
  });
});

test("what never ends is bounded", () => {
  const endless = Array.from({ length: 100 }, (_, line) => `word${line}`);
  const { start, end } = statementAround(endless, { start: 50, end: 51 }, "java");
  expect(end - start).toBeLessThanOrEqual(12);
});
