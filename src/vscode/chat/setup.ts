/** What must be there before the first answer, as items that a person reads; pure over what the engine says. */
import type { DocumentSet } from "../../core/document/documentSet";
import type { Failure } from "../../core/failure";
import { failureText } from "../../core/failureText";
import type { ServerStatus } from "../../core/models/model";
import { matchVersion } from "../../core/project/springBootVersion";
import type { SetupItem } from "../../protocol/chat";
import { indexedVersions } from "../versionChoice";

export type Found<Value> = { readonly value: Value } | { readonly failure: Failure };

export function serverItems(server: Found<ServerStatus>, model: string): readonly SetupItem[] {
  if ("failure" in server) {
    const { message, remedy, action } = failureText(server.failure);
    return [{ id: "ollama", state: "missing", text: `${message} ${remedy}`, ...(action && { action }) }];
  }
  const { version, host, models } = server.value;
  const installed = models.find(({ name }) => withTag(name) === withTag(model));
  return [
    {
      id: "ollama",
      state: "ready",
      text: `Ollama ${version} answers at ${host.replace(/^https?:\/\//, "")}.`,
    },
    installed
      ? { id: "model", state: "ready", text: `The model ${model} is there (${gigabytes(installed.bytes)}).` }
      : {
          id: "model",
          state: "missing",
          text:
            models.length === 0
              ? "Ollama has no model yet."
              : `Ollama does not have the model ${model}; it has ${models.length} other${models.length === 1 ? "" : "s"}.`,
          action: "choose-model",
        },
  ];
}

export function documentsItem(sets: Found<readonly DocumentSet[]>, version: string | undefined): SetupItem {
  if ("failure" in sets) {
    const { message, action } = failureText(sets.failure);
    return { id: "documents", state: "missing", text: message, action: action ?? "index-documents" };
  }
  const fitting = sets.value.filter(
    ({ springBootVersion }) =>
      springBootVersion === undefined ||
      version === undefined ||
      matchVersion(springBootVersion, version) !== "none",
  );
  if (fitting.length > 0) {
    const passages = fitting.reduce((sum, set) => sum + set.passages, 0);
    const names = fitting.map(({ name }) => name).join(", ");
    return { id: "documents", state: "ready", text: `${names}: ${passages.toLocaleString("en")} passages.` };
  }
  const indexed = indexedVersions(sets.value);
  if (version === undefined || indexed.length === 0) {
    return {
      id: "documents",
      state: "missing",
      text: "No documents are indexed.",
      action: "index-documents",
    };
  }
  return {
    id: "documents",
    state: "missing",
    text: `The documents of Spring Boot ${version} are not indexed (indexed: ${indexed.join(", ")}).`,
    action: "index-official",
  };
}

/** Ollama's name of a model without a tag means `latest`. */
function withTag(name: string): string {
  return name.includes(":") ? name : `${name}:latest`;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
