/** Downloads one address as the command line does, in a process whose environment a test decides. Prints what came of it as JSON. */
import { createCommandLineFetch } from "../../../src/adapters/web/commandLineFetch";
import { download } from "../../../src/adapters/web/download";
import { failureOf } from "../../../src/core/failure";

const [url = "", folder = ""] = process.argv.slice(2);
download(
  url,
  { fetch: createCommandLineFetch(), folder, onProgress: () => undefined },
  new AbortController().signal,
).then(
  (document) => console.log(JSON.stringify({ document })),
  (error: unknown) => console.log(JSON.stringify({ failure: failureOf(error) })),
);
