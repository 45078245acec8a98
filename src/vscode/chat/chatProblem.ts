import type { Failure } from "../../core/failure";
import { failureText } from "../../core/failureText";
import type { Translate } from "../../core/translate";
import type { ChatAction, ChatProblem } from "../../protocol/chat";

/** A failure as the chat shows it; what has more than one way out offers them all. */
export function problemOf(failure: Failure, t: Translate): ChatProblem {
  const { message, remedy, action } = failureText(failure, t);
  return { message, remedy, actions: [...(action ? [action] : []), ...furtherActions(failure)] };
}

function furtherActions(failure: Failure): readonly ChatAction[] {
  if (failure.kind === "ollama-unreachable" || failure.kind === "ollama-not-installed")
    return ["open-settings"];
  if (failure.kind === "version-not-indexed") return ["index-official"];
  return [];
}
