/** What a crawl needs to know of a page. */
export interface PageLinks {
  readonly title?: string;
  /** The version that the page's head states (`<meta name="version">`), as documentation tools write it. */
  readonly version?: string;
  /** `<link rel="canonical">`, absolute. */
  readonly canonical?: string;
  /** Where a page that only forwards leads (`<meta http-equiv="refresh">`), absolute. */
  readonly forward?: string;
  /** Addresses of all links, absolute, in the page's order, each once. */
  readonly links: readonly string[];
}
