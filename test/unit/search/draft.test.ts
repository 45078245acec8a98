import { expect, test } from "vitest";
import { draftMessages, draftQuestion } from "../../../src/core/search/draft";
import { indexSet } from "../../../src/core/search/indexedSet";
import { joinRetrievals } from "../../../src/core/search/joinRetrievals";
import { buildQuery } from "../../../src/core/search/query";
import { retrieve } from "../../../src/core/search/retrieve";

test.each([
  [
    "```java\n@Bean\nRestClient client(RestClient.Builder builder) {\n```",
    "@Bean RestClient RestClient.Builder",
  ],
  ["```properties\nserver.shutdown=graceful\n```", "server.shutdown"],
  ["You could let them finish, I think.", undefined],
])("%j asks by its names", (draft, question) => {
  const found = draftQuestion(draft);
  if (question === undefined) expect(found).toBeUndefined();
  else for (const name of question.split(" ")) expect(found).toContain(name);
});

test("the model is told the version and shown the code", () => {
  const [rules, question] = draftMessages("Why does it hang?", "3.2.1", "client.get()");
  expect(rules?.content).toContain("Spring Boot 3.2.1");
  expect(question?.content).toBe("Why does it hang?\n\nclient.get()");
});

const section = (heading: string, body: string, ordinal: number) => ({
  ...{ ordinal, document: "Guide", anchor: heading.toLowerCase(), headingPath: ["Guide", heading] },
  text: `Guide > ${heading}\n\n${body}`,
});
const set = indexSet({
  set: {
    ...{ id: "s", name: "s", origin: "s", documents: 1, passages: 3, embedded: 0, bytes: 0, indexedAt: "" },
    state: "lexical",
  },
  chunks: [
    section("Stopping", "Requests that run are finished before the application stops.", 0),
    section("Lifecycle", "The property server.shutdown takes graceful; see SmartLifecycle.", 1),
    section("Banner", "A banner greets whoever starts it.", 2),
  ],
  nearest: () => Promise.resolve([]),
});
const find = (question: string) =>
  retrieve({ query: buildQuery({ question }), sets: [set], count: 3 }, new AbortController().signal);

test("what the draft's names find is added behind what the question finds, each section once", async () => {
  const own = await find("let requests finish before it stops");
  const drafted = await find("server.shutdown SmartLifecycle");
  expect(own.found.map(({ chunk }) => chunk.anchor)).toEqual(["stopping"]);
  const joined = joinRetrievals(own, drafted, 3);
  expect(joined.found.map(({ chunk }) => chunk.anchor)).toEqual(["stopping", "lifecycle"]);
  expect(joined.evidence).toBe(own.evidence);
  const scores = joined.found.map(({ score }) => score);
  expect([...scores].sort((left, right) => right - left)).toEqual(scores);
  expect(joinRetrievals(own, drafted, 1).found).toHaveLength(1);
});
