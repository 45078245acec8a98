import type { FilePlan, PlanRequest } from "./filePlan";
import type { Placement, PlaceRequest } from "./placement";

/** What a pending change needs of this folder, as a port: the editor loads it with the first generation. */
export interface Placing {
  readonly place: (request: PlaceRequest) => Placement;
  readonly planFiles: (request: PlanRequest) => FilePlan;
}
