import type { Block } from "../document/section";

/** A class, interface, enum, record or annotation with what its documentation comments say; private parts are left out. */
export interface ApiType {
  /** With the types around it: `RestClient.Builder`. */
  readonly name: string;
  readonly packageName: string;
  /** Where it stands below the jar's root: the page of the javadoc, or the source file with the type's name where it is not the first. */
  readonly place: string;
  /** As Java declares it, annotations included: `public interface RestClient`. */
  readonly signature: string;
  readonly description: readonly Block[];
  readonly members: readonly ApiMember[];
}

/** A constructor, method, field, enum constant, record component or annotation element. */
export interface ApiMember {
  readonly name: string;
  /** Short form with the parameters' simple types, for a heading: `create(String)`; a field's is its name. */
  readonly label: string;
  /** As the type's, with javadoc's own id: `org/acme/RestClient.html#create(java.lang.String)`. */
  readonly place: string;
  readonly signature: string;
  /** Empty where nothing is said. */
  readonly description: readonly Block[];
}
