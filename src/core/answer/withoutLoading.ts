/** Elements of HTML with which a Markdown preview would fetch something. */
const loading =
  /<(?=(?:img|image|svg|video|audio|source|track|iframe|frame|object|embed|input|link|style|picture|base|form|button|meta|script|table|td|th|body)(?:[\s/>]|$))/gi;

/**
 * Markdown for the editor's own preview, which shows images and HTML of any server: a model's or a document's words must not make it connect.
 * Taken apart wherever they stand, because whether a place is code is what such words would deceive about.
 */
export function withoutLoading(markdown: string): string {
  return markdown.replaceAll("![", "! [").replace(loading, "\uff1c");
}
