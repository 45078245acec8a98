/** What must be there before the first answer, as items that a person reads; pure over what the engine says. */
import type { DocumentSet } from "../../core/document/documentSet";
import type { Failure } from "../../core/failure";
import { failureText } from "../../core/failureText";
import type { ServerStatus } from "../../core/models/model";
import { english, type Translate } from "../../core/translate";
import { matchVersion } from "../../core/project/springBootVersion";
import type { SetupItem } from "../../protocol/chat";
import { indexedVersions } from "../versionChoice";

export type Found<Value> = { readonly value: Value } | { readonly failure: Failure };

export function serverItems(
  server: Found<ServerStatus>,
  model: string,
  t: Translate = english,
): readonly SetupItem[] {
  if ("failure" in server) {
    const { message, remedy, action } = failureText(server.failure, t);
    return [{ id: "ollama", state: "missing", text: `${message} ${remedy}`, ...(action && { action }) }];
  }
  const { version, host, models } = server.value;
  const installed = models.find(({ name }) => withTag(name) === withTag(model));
  return [
    {
      id: "ollama",
      state: "ready",
      text: t("Ollama {0} answers at {1}.", version, host.replace(/^https?:\/\//, "")),
    },
    installed
      ? {
          id: "model",
          state: "ready",
          text: t("The model {0} is there ({1}).", model, gigabytes(installed.bytes)),
        }
      : {
          id: "model",
          state: "missing",
          text:
            models.length === 0
              ? t("Ollama has no model yet.")
              : models.length === 1
                ? t("Ollama does not have the model {0}; it has 1 other.", model)
                : t("Ollama does not have the model {0}; it has {1} others.", model, models.length),
          action: "choose-model",
        },
  ];
}

export function documentsItem(
  sets: Found<readonly DocumentSet[]>,
  version: string | undefined,
  t: Translate = english,
): SetupItem {
  if ("failure" in sets) {
    const { message, action } = failureText(sets.failure, t);
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
    return {
      id: "documents",
      state: "ready",
      text: t("{0}: {1} passages.", names, passages.toLocaleString("en")),
    };
  }
  const indexed = indexedVersions(sets.value);
  if (version === undefined || indexed.length === 0) {
    return {
      id: "documents",
      state: "missing",
      text: t("No documents are indexed."),
      action: "index-documents",
    };
  }
  return {
    id: "documents",
    state: "missing",
    text: t("The documents of Spring Boot {0} are not indexed (indexed: {1}).", version, indexed.join(", ")),
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
