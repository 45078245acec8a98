import { expect, test } from "vitest";
import { buildQuery } from "../../../src/core/search/query";

test.each([
  ["our Quarkus service", ["quarkus"]],
  ["Quarkus begins the sentence", []],
  ["where is RestClient made", ["=restclient"]],
  ["the field orderNumber of ORDER_NO", []],
])("names in %s", (question, names) => {
  expect(buildQuery({ question }).names).toEqual(names);
});

test.each([
  ["@MockitoBean does nothing", ["=mockitobean"]],
  ["set spring.http.client.connect-timeout, please", ["=springhttpclientconnecttimeout"]],
  ["mail me at a@Example.org about my.own.key", []],
])("Spring's API in %s", (question, api) => {
  expect(buildQuery({ question }).api).toEqual(api);
});

test.each([
  ["upgrade to Spring Boot 4", ["4"]],
  ["Boot 3.4.1 has it", ["3.4"]],
  ["reboot 5 times with Java 21", []],
])("versions in %s", (question, versions) => {
  expect(buildQuery({ question }).versions).toEqual(versions);
});
