import { expect, test } from "vitest";
import { generatorOf, generatorsIn } from "../../../src/core/checks/java/generators";

const pom = `<project><build><plugins>
  <plugin><groupId>org.openapitools</groupId><artifactId>openapi-generator-maven-plugin</artifactId></plugin>
  <!-- <artifactId>antlr4-maven-plugin</artifactId> -->
</plugins></build></project>`;
const gradle = `plugins { id("com.google.protobuf") version "0.9.4" }
// id("nu.studer.jooq")
dependencies { annotationProcessor("org.hibernate.orm:hibernate-jpamodelgen") }`;

test("plugins and processors are read from the build files, comments aside", () => {
  expect(generatorsIn([pom, gradle])).toEqual({
    plugins: ["openapi-generator-maven-plugin", "com.google.protobuf"],
    processors: ["hibernate-jpamodelgen"],
  });
});

test.each([
  ["com.example.orders.api.OrdersApi", "openapi-generator-maven-plugin"],
  ["Order_", "hibernate-jpamodelgen"],
  ["com.example.orders.Order_", "hibernate-jpamodelgen"],
  // A package that is there holds all of its types.
  ["com.example.known.Misspelt", undefined],
  ["org.springframework.web.reactive.Gone", undefined],
  ["javax.persistence.Entity", undefined],
  ["Misspelt", undefined],
])("%s may be made by %s", (name, generator) => {
  const generators = generatorsIn([pom, gradle]);
  expect(generatorOf(name, generators, (each) => each === "com.example.known")).toBe(generator);
});

test("without generators nothing is made", () => {
  expect(generatorOf("com.example.api.OrdersApi", generatorsIn([]), () => false)).toBeUndefined();
});
