import { expect, test } from "vitest";
import { identifiersOf, possibleIdentifiers, termsOf } from "../../../src/core/search/terms";

const cases: readonly (readonly [text: string, terms: readonly string[]])[] = [
  ["Configuring the connections of a pool", ["configur", "connection", "pool"]],
  ["RestClientCustomizer", ["rest", "client", "customizer", "=restclientcustomizer"]],
  ["@MockBean", ["mock", "bean", "=mockbean"]],
  ["a `server.port` of 8080", ["server", "port", "=serverport", "8080"]],
  ["Spring Boot 3.2.1 and Java 21", ["spring", "boot", "java", "21"]],
  ["/actuator/metrics is 404", ["actuator", "metric", "404"]],
  ["org.example.JarLauncher", ["org", "exampl", "jar", "launcher", "=orgexamplejarlauncher", "=jarlauncher"]],
  ["XMLHttpRequest", ["xml", "http", "request", "=xmlhttprequest"]],
  ["", []],
];

test.each(cases)("terms of %j", (text, terms) => {
  expect(termsOf(text)).toEqual(terms);
});

test.each([
  "spring.main.log-startup-info",
  "spring.main.logStartupInfo",
  "spring.main.log_startup_info",
  "SPRING_MAIN_LOGSTARTUPINFO",
])("%s is found in every relaxed form", (form) => {
  expect(identifiersOf(form)).toContain("=springmainlogstartupinfo");
});

test.each([
  ["configure", "configured", "configuring", "configures"],
  ["property", "properties"],
  ["class", "classes"],
  ["cache", "cached", "caching", "caches"],
  ["run", "running", "runs"],
])("inflections of %s meet", (...words) => {
  expect(new Set(words.flatMap((word) => termsOf(word))).size).toBe(1);
});

test.each([
  ["status", "state"],
  ["apply", "application"],
  ["string", "strength"],
])("%s and %s stay apart", (left, right) => {
  expect(termsOf(left)).not.toEqual(termsOf(right));
});

test.each(["restclient", "rest client", "a restClient please"])("%s may mean RestClient", (text) => {
  expect([...possibleIdentifiers(text), ...identifiersOf(text)]).toEqual(
    expect.arrayContaining(identifiersOf("RestClient")),
  );
});

test("a text of one endless token is read in time", () => {
  const started = performance.now();
  termsOf("aB".repeat(50_000));
  termsOf("a.".repeat(50_000));
  expect(performance.now() - started).toBeLessThan(5_000);
});
