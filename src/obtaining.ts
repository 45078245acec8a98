/** Downloads and crawls as a bundle of its own: activation loads nothing that only indexing needs. */
export { createObtain } from "./adapters/web/obtain";
