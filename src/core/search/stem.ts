/**
 * Light stemming: brings the inflections of a word together (`container`/`containers`, `configured`/`configuring`/`configures`) and
 * leaves derivations apart, because a developer's `application` and `apply` are different things. Rules in the manner of the S-stemmer
 * (Harman 1991, "How effective is suffixing?") with `-ed` and `-ing` added.
 */
export function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  return withoutEnding(withoutPlural(word));
}

function withoutPlural(word: string): string {
  if (!word.endsWith("s") || word.endsWith("ss") || word.endsWith("us") || word.endsWith("is")) return word;
  if (word.endsWith("ies")) return word.length > 4 ? `${word.slice(0, -3)}y` : word;
  if (/(?:ch|sh|x|ss|zz)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** Cuts `-ed`, `-ing` and a final `-e`, so that `configure`, `configured` and `configuring` meet in `configur`. */
function withoutEnding(word: string): string {
  for (const ending of ["ing", "ed"]) {
    const base = word.slice(0, -ending.length);
    if (word.endsWith(ending) && base.length >= 3 && /[aeiouy]/.test(base)) return undoubled(base);
  }
  return word.length > 4 && word.endsWith("e") ? word.slice(0, -1) : word;
}

/** `running` → `runn` → `run`; `calling` keeps its double letter. */
function undoubled(base: string): string {
  if (/([bdfgmnprt])\1$/.test(base)) return base.slice(0, -1);
  return base.endsWith("e") ? base.slice(0, -1) : base;
}
