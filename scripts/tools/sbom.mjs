// The bill of materials of the package, in CycloneDX's form: what the bundles hold and what is copied beside them.
import { readFileSync } from "node:fs";
import path from "node:path";
import { Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import { repositoryRoot } from "../shared/repositoryRoot.mjs";

/** The embedding model is no package; its version is that of the artifact that it comes from. */
const MODEL = { name: "all-minilm-l6-v2", licence: "Apache-2.0" };

/**
 * Without a time and a serial number, so that two packages of one build are the same.
 * @param {readonly import("./notices.mjs").Notice[]} notices
 * @returns {string}
 */
export function bomText(notices) {
  /** @type {{ name: string, version: string, license: string }} */
  const { name, version, license } = JSON.parse(
    readFileSync(path.join(repositoryRoot, "package.json"), "utf8"),
  );
  const bom = new Models.Bom();
  bom.metadata.component = component(Enums.ComponentType.Application, name, { version, licence: license });
  // The same version may lie below two packages; names twice would be told apart by chance.
  for (const { name, version, licence } of new Map(
    notices.map((notice) => [purlOf(notice.name, notice.version), notice]),
  ).values()) {
    bom.components.add(
      component(Enums.ComponentType.Library, name, { version, licence, purl: purlOf(name, version) }),
    );
  }
  bom.components.add(component(Enums.ComponentType.MachineLearningModel, MODEL.name, MODEL));
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

/**
 * @param {import("@cyclonedx/cyclonedx-library").Enums.ComponentType} type
 * @param {string} name
 * @param {{ version?: string, licence: string, purl?: string }} more
 */
function component(type, name, { version, licence, purl }) {
  const made = new Models.Component(type, name, {
    ...(version !== undefined && { version }),
    ...(purl !== undefined && { purl }),
    bomRef: purl ?? name,
  });
  made.licenses.add(new Models.LicenseExpression(licence));
  return made;
}

/** See the npm type of the package URL specification: the scope is a namespace, its sign escaped. */
function purlOf(/** @type {string} */ name, /** @type {string} */ version) {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}
