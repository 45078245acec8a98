import highlighter from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import groovy from "highlight.js/lib/languages/groovy";
import java from "highlight.js/lib/languages/java";
import json from "highlight.js/lib/languages/json";
import kotlin from "highlight.js/lib/languages/kotlin";
import properties from "highlight.js/lib/languages/properties";
import sql from "highlight.js/lib/languages/sql";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { showHiddenCharacters } from "./hiddenCharacters";
import { sanitise } from "./sanitise";
import { t } from "../words";

const languages = { bash, groovy, java, json, kotlin, properties, sql, xml, yaml } as const;
for (const [name, language] of Object.entries(languages)) highlighter.registerLanguage(name, language);
highlighter.registerAliases(["gradle"], { languageName: "groovy" });
highlighter.registerAliases(["kts"], { languageName: "kotlin" });
highlighter.registerAliases(["shell", "console"], { languageName: "bash" });

const displayNames: Readonly<Record<string, string>> = {
  bash: "Shell",
  groovy: "Groovy",
  java: "Java",
  json: "JSON",
  kotlin: "Kotlin",
  properties: "Properties",
  sql: "SQL",
  xml: "XML",
  yaml: "YAML",
};

/** The language as a person reads it: `kt` is "Kotlin"; one that is not known keeps the name that the model gave. */
export function languageName(fenceLanguage: string): string {
  const known = Object.keys(languages).find((name) =>
    [name, ...(highlighter.getLanguage(name)?.aliases ?? [])].includes(fenceLanguage.toLowerCase()),
  );
  if (known !== undefined) return displayNames[known] ?? known;
  return fenceLanguage === "" ? t("Code") : fenceLanguage;
}

/** Code with its tokens in spans; plain where the language is not one of ours. */
export function highlightCode(code: string, fenceLanguage: string): DocumentFragment {
  const known = highlighter.getLanguage(fenceLanguage) !== undefined;
  const fragment = known
    ? sanitise(highlighter.highlight(code, { language: fenceLanguage, ignoreIllegals: true }).value)
    : plain(code);
  showHiddenCharacters(fragment);
  return fragment;
}

function plain(code: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(code);
  return fragment;
}
