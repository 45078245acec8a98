/**
 * What a build makes types with: plugins that write sources, and annotation processors. While their sources are not there, a type that nothing
 * knows may be one of them.
 */

/** Plugins of Maven (artifact) and Gradle (id), by what they read: API descriptions, schemas, grammars, database tables. */
const plugins =
  /\b(?:openapi-generator-maven-plugin|org\.openapi\.generator|swagger-codegen-maven-plugin|org\.hidetake\.swagger\.generator|jooq-codegen-maven|nu\.studer\.jooq|org\.jooq\.jooq-codegen-gradle|protobuf-maven-plugin|protoc-jar-maven-plugin|com\.google\.protobuf|antlr4-maven-plugin|maven-jaxb2-plugin|jaxb2?-maven-plugin|cxf-codegen-plugin|com\.github\.bjornvester\.(?:wsdl2java|xjc)|jaxws-maven-plugin|avro-maven-plugin|com\.github\.davidmc24\.gradle\.plugin\.avro|graphql-?codegen-maven-plugin|com\.netflix\.dgs\.codegen|jsonschema2pojo-maven-plugin|org\.jsonschema2pojo|thrift-maven-plugin|apt-maven-plugin|build-helper-maven-plugin)\b/g;
const processors =
  /\b(?:hibernate-jpamodelgen|hibernate-processor|querydsl-apt|mapstruct-processor|record-builder-processor|auto-value|dagger-compiler)\b/g;

export interface Generators {
  /** Names as the build files have them. */
  readonly plugins: readonly string[];
  readonly processors: readonly string[];
}

/** @param buildTexts Of the module and of those above it. */
export function generatorsIn(buildTexts: readonly string[]): Generators {
  const named = (pattern: RegExp) => [
    ...new Set(buildTexts.flatMap((text) => withoutComments(text).match(pattern) ?? [])),
  ];
  return { plugins: named(plugins), processors: named(processors) };
}

/** The one that may make the type; undefined when the type is none that they make. */
export function generatorOf(
  name: string,
  { plugins: writers, processors: makers }: Generators,
  hasPackage: (name: string) => boolean,
): string | undefined {
  const dot = name.lastIndexOf(".");
  const simple = name.slice(dot + 1);
  // What processors make stands beside its source, under a name that tells of it: `Order_`, `QOrder`, `OrderMapperImpl`.
  if (/_$|^Q[A-Z]|Impl$/.test(simple) && makers[0] !== undefined) return makers[0];
  const isOfNoPackageThere = dot > 0 && !hasPackage(name.slice(0, dot)) && !hasPackage(name);
  return isOfNoPackageThere && !/^(?:javax?|jakarta|org\.springframework)\./.test(name)
    ? writers[0]
    : undefined;
}

const withoutComments = (text: string) => text.replace(/<!--[\s\S]*?-->|\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
