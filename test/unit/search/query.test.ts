import { expect, test } from "vitest";
import { buildQuery, tellingParts } from "../../../src/core/search/query";

test("takes from selected code what a document could know", () => {
  const selection = `
package com.example;
import java.util.List;
import org.springframework.web.client.RestClient;
@Service
class Prices {
  private final RestClient client = RestClient.create("https://example.org");
  int sum(List<String> names) { int total = 0; return total; }
}`;
  const parts = tellingParts(selection).split(" ");
  expect(parts).toEqual(expect.arrayContaining(["RestClient", "@Service", "RestClient.create"]));
  for (const absent of ["List", "String", "total", "names", "com.example"])
    expect(parts).not.toContain(absent);
});

test.each([
  ["server.shutdown=graceful", "server.shutdown"],
  ["spring:\n  datasource:\n    url: jdbc:h2:mem:x", "datasource"],
  ["java.lang.IllegalStateException: No bean found", "No bean found"],
])("%j tells %j", (selection, part) => {
  expect(tellingParts(selection)).toContain(part);
});

test("the question counts most, the selection less, and nothing counts twice", () => {
  const { terms } = buildQuery({ question: "log each RestClient call", selection: "RestClient client;" });
  const weight = (wanted: string) => terms.filter(({ term }) => term === wanted).map((each) => each.weight);
  expect(weight("=restclient")).toEqual([1]);
  expect(weight("call")).toEqual([1]);
  expect(buildQuery({ question: "log it", selection: "@Retryable" }).terms).toContainEqual({
    term: "retryabl",
    weight: 0.4,
  });
});

test("a question that leans on the turn before takes its subject along", () => {
  const earlier = ["How do I set the pool size of Hikari?"];
  expect(buildQuery({ question: "and the timeout?", earlier }).vectorText).toContain("Hikari");
  expect(buildQuery({ question: "and the timeout?", earlier }).terms.map(({ term }) => term)).toContain(
    "hikari",
  );
  const whole = "How can requests that are in flight finish before the application stops?";
  expect(buildQuery({ question: whole, earlier }).vectorText).toBe(whole);
});
