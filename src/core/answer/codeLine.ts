/** Tells lines of code from lines of prose, for answers whose fences are missing. Java, Kotlin, Gradle, properties, YAML and XML. */

const surely = [
  /^\s*package [\w.]+;?\s*$/,
  /^\s*import (static )?[\w.]+(\.\*)?( as \w+)?;?\s*$/,
  /^\s*@[A-Z]\w*(\(.*\)?)?\s*$/,
  /^\s*((public|protected|private|static|final|abstract|sealed|data|open|internal) )+(class|interface|record|enum|object|fun|@interface)\b/,
  /^\s*(class|interface|record|enum|object) [A-Z]\w*.*[{(]\s*$/,
  /^\s*<(\?xml|!DOCTYPE|[a-z][\w.-]*)[^>]*>/,
  /^\s*(plugins|dependencies|repositories|buildscript|configurations) \{\s*$/,
];

const perhaps = [
  /^\s*(\/\/|\/\*|\*\s|\*\/)/,
  /[;{}]\s*$/,
  /^\s*#\s*[\w.-]+\s*[=:]/,
  /^\s*[a-z][\w.[\]-]*\s*=\s*\S/,
  /^\s*(- )?[a-z][\w.[\]-]*:(\s+\S.*)?$/,
  /^\s*(fun|val|var|public|private|protected|return)\s.*[(={]/,
];

/** A line that no prose looks like: it starts code even after prose. */
export function startsCodeSurely(line: string): boolean {
  return surely.some((pattern) => pattern.test(line));
}

/** A line that an answer of bare code may begin with. */
export function looksLikeCode(line: string): boolean {
  return startsCodeSurely(line) || (perhaps.some((pattern) => pattern.test(line)) && !looksLikeProse(line));
}

/** A line of words: a capital letter or a Markdown mark first, several words, and none of the marks that end a line of code. */
export function looksLikeProse(line: string): boolean {
  const text = line.trim();
  if (/^(#{1,6}|[-*]|\d+[.)]) \S/.test(text) && /\s\w+\s\w+/.test(text)) return !/[;{}=]$/.test(text);
  if (/^\*\*.+\*\*:?$/.test(text)) return true;
  if (!/^["'`(*_]*[A-Z]/.test(text)) return false;
  const words = text.split(/\s+/).length;
  if (text.endsWith(";")) return words >= 4 && !/[=(){}<>,]/.test(text);
  return words >= 3 && !/[{}]$/.test(text) && !/^[A-Z]\w*(<.*>)? \w+\s*[=(]/.test(text);
}
