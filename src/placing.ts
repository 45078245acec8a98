/**
 * Placing code and planning files as a bundle of its own: it holds a YAML parser, and activation loads nothing that only a generation needs.
 */
export { planFiles } from "./core/generate/filePlan";
export { place } from "./core/generate/place";
