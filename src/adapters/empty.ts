/** Stands in, at bundling, for library parts that are imported and never called; see `alias` in esbuild.mjs. */
export {};
