/**
 * Where generated code goes in a file. Pure: from the text, the person's range and the code it makes the edits that a pending change
 * shows and Accept applies. Text has `\n` line ends here; the editor turns them into the file's own.
 */
import { placeGradle, placePom } from "./buildPlace";
import { instructionOf } from "./instruction";
import { placeLines } from "./linePlace";
import { placeJvm } from "./jvmPlace";
import { placeProperties } from "./propertiesPlace";
import { placeYaml } from "./yamlPlace";
import type { Placement, PlaceRequest } from "./placement";

type Placer = (request: PlaceRequest) => Placement;

export function place(request: PlaceRequest): Placement {
  const code = request.code.replaceAll("\r", "");
  if (code.trim() === "") return { edits: [], notes: [] };
  const placer = placerOf(request.languageId, request.path);
  return placer(afterInstruction({ ...request, code }));
}

function placerOf(languageId: string, path: string): Placer {
  if (/\.gradle(\.kts)?$/.test(path)) return placeGradle;
  if (/(^|[\\/])pom\.xml$/.test(path)) return placePom;
  switch (languageId) {
    case "java":
    case "kotlin":
    case "groovy":
      return placeJvm;
    case "properties":
    case "java-properties":
    case "spring-boot-properties":
      return placeProperties;
    case "yaml":
    case "spring-boot-properties-yaml":
      return placeYaml;
    default:
      return placeLines;
  }
}

/** A selected comment was the instruction: it stays, and the code goes below it. A selection of blanks is a caret. */
function afterInstruction(request: PlaceRequest): PlaceRequest {
  const { text, start, end } = request;
  const selected = text.slice(start, end);
  if (start === end) return request;
  if (selected.trim() === "") return { ...request, end: start };
  if (instructionOf(selected) === undefined) return request;
  const caret = start + selected.trimEnd().length;
  return { ...request, start: caret, end: caret };
}
