/** Words of documents, models and servers for parts of the editor that take some signs for more than words. */
import { showHidden } from "../core/answer/hiddenCharacters";

/** For titles of lenses, rows and the status bar, which show `$(name)` as an icon: a foreign word must not look like a button of ours. */
export function plainLabel(text: string): string {
  return showHidden(text).replaceAll("$(", "\\$(");
}

/** For notifications and prompts, which make a link of `[words](address)`, and run it when the address is a command. */
export function plainMessage(text: string): string {
  return showHidden(text).replaceAll("](", "] (");
}
