/** Sizes and times as a person reads them. */
import { english, type Translate } from "../core/translate";

export function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const nouns = {
  document: ["{0} document", "{0} documents"],
  passage: ["{0} passage", "{0} passages"],
  page: ["{0} page", "{0} pages"],
  file: ["{0} file", "{0} files"],
  finding: ["{0} finding", "{0} findings"],
} as const;

/** "1 passage", "30 passages". */
export function counted(count: number, noun: keyof typeof nouns, t: Translate = english): string {
  const [one, many] = nouns[noun];
  return t(count === 1 ? one : many, count);
}
