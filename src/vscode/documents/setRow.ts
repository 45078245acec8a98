/** What a person reads of a document set and of work that is not done: pure, so that a test can look at every state. */
import { isComparable } from "../../core/changes/comparable";
import type { DocumentSet } from "../../core/document/documentSet";
import { sourceOf } from "../../core/document/documentSource";
import { placeOf } from "../../core/document/setRequests";
import type { StoreActivity } from "../../core/engine";
import { failureText } from "../../core/failureText";
import { english, type Translate } from "../../core/translate";
import { counted, gigabytes } from "../words";
import type { IndexJob } from "./indexJobs";

export interface Row {
  readonly label: string;
  readonly description: string;
  /** Name of a product icon, and the theme colour it has. */
  readonly icon: string;
  readonly color?: string;
  /** Words that the menus' conditions look for, each between commas. */
  readonly context: string;
  /** Read aloud. */
  readonly spoken: string;
}

export interface Detail {
  readonly label: string;
  readonly value: string;
  readonly icon: string;
}

const icons = {
  ready: { icon: "book" },
  lexical: { icon: "warning", color: "list.warningForeground" },
  partial: { icon: "warning", color: "list.warningForeground" },
  stale: { icon: "history", color: "list.warningForeground" },
  damaged: { icon: "error", color: "list.errorForeground" },
} as const satisfies Record<DocumentSet["state"], { readonly icon: string; readonly color?: string }>;

const states = {
  ready: "ready",
  lexical: "found by words only",
  partial: "partly embedded",
  stale: "out of date",
  damaged: "damaged",
} as const satisfies Record<DocumentSet["state"], string>;

/** @param job What of this window is at work on the set. */
export function setRow(
  set: DocumentSet,
  job: IndexJob | undefined,
  activity: StoreActivity | undefined,
  t: Translate = english,
): Row {
  const { name, springBootVersion, passages, embedded, bytes } = set;
  const foreign = foreignWriter(set, activity);
  const state = stateText(set, job, activity, t);
  const look = job ? jobIcon(job) : foreign ? { icon: "lock" } : icons[set.state];
  const description = [
    springBootVersion ?? "",
    state,
    `${embedded.toLocaleString("en")}/${passages.toLocaleString("en")}`,
    sizeText(bytes),
  ].filter((part) => part !== "");
  const { kind } = sourceOf(set);
  const context = [
    "set",
    ...(kind === "embedded" ? ["embedded"] : ["updatable", "removable"]),
    ...(placeOf(set) ? ["openable"] : []),
    ...(isComparable(set) ? ["versioned"] : []),
    ...(kind === "dependencies" ? ["dependencies"] : []),
    ...(kind === "dependencies" && embedded < passages ? ["wordsOnly"] : []),
    ...(job ? [job.state] : foreign ? ["locked"] : ["idle"]),
  ];
  return {
    label: name,
    description: description.join(" · "),
    ...look,
    context: `,${context.join(",")},`,
    spoken: [
      name,
      springBootVersion === undefined ? "" : `Spring Boot ${springBootVersion}`,
      state,
      t("{0} of {1} embedded", embedded, counted(passages, "passage", t)),
    ]
      .filter((part) => part !== "")
      .join(", "),
  };
}

/** What is at work on the set, here or in another window, or else its own state. */
function stateText(
  set: DocumentSet,
  job: IndexJob | undefined,
  activity: StoreActivity | undefined,
  t: Translate,
): string {
  const foreign = foreignWriter(set, activity);
  return job ? jobState(job, t) : foreign ? foreignState(foreign, t) : t(states[set.state]);
}

/** One document in several formats: what it is as a whole; each format has a row of its own below. */
export function documentRow(
  sets: readonly { readonly set: DocumentSet; readonly job?: IndexJob }[],
  activity: StoreActivity | undefined,
  t: Translate = english,
): Row {
  const rows = sets.map(({ set, job }) => ({
    ...setRow(set, job, activity, t),
    state: stateText(set, job, activity, t),
  }));
  // The row that tells of trouble or of work speaks for all.
  const telling = rows.find(({ icon }) => icon !== icons.ready.icon) ?? rows[0];
  const [first] = sets;
  if (!telling || !first) throw new Error("a document without sets");
  const { name, springBootVersion } = first.set;
  const formats = [...new Set(sets.flatMap(({ set }) => set.formats ?? []))].map(formatName);
  const inFormats = sets.length > 1 ? formats.join(" + ") : "";
  const { icon, color, state } = telling;
  return {
    label: name,
    description: [springBootVersion ?? "", inFormats, state].filter((part) => part !== "").join(" · "),
    icon,
    ...(color !== undefined && { color }),
    context: `,document,${isComparable(first.set) ? "versioned," : ""}`,
    spoken: [name, inFormats, state].filter((part) => part !== "").join(", "),
  };
}

/** All that the row has no room for. */
export function setDetails(
  set: DocumentSet,
  job: IndexJob | undefined,
  activity: StoreActivity | undefined,
  t: Translate = english,
): readonly Detail[] {
  const { springBootVersion, origin, indexedAt, passages, embedded, documents, bytes, reason } = set;
  const { formats = [] } = set;
  const foreign = foreignWriter(set, activity);
  const source = sourceOf(set);
  const now = stateText(set, job, activity, t);
  return [
    {
      label: t("State"),
      value: reason === undefined || job || foreign ? now : `${now}: ${reason}`,
      icon: "info",
    },
    ...(formats.length > 0
      ? [
          {
            label: t("Format"),
            value: formats.map(formatName).join(", "),
            icon: "file",
          },
        ]
      : []),
    { label: t("Version"), value: springBootVersion ?? t("for any version"), icon: "versions" },
    { label: t("From"), value: origin === "embedded" ? t("part of Docwright") : origin, icon: "link" },
    { label: t("Indexed"), value: dateText(indexedAt), icon: "calendar" },
    {
      label: t("Passages"),
      value: t(
        "{0} of {1} embedded, {2}",
        embedded.toLocaleString("en"),
        passages.toLocaleString("en"),
        counted(documents, "document", t),
      ),
      icon: "list-unordered",
    },
    { label: t("Size"), value: sizeText(bytes), icon: "database" },
    ...(source.kind === "site"
      ? [
          {
            label: t("Site"),
            value: [
              t(
                "below {0}, depth {1}, at most {2}",
                source.prefix,
                source.depth,
                counted(source.pages, "page", t),
              ),
              source.left > 0 ? t("{0} more are linked", source.left) : "",
            ]
              .filter((part) => part !== "")
              .join(", "),
            icon: "globe",
          },
        ]
      : []),
  ];
}

/** Work on what is no set yet. */
export function jobRow(job: IndexJob, t: Translate = english): Row {
  const { work } = job;
  const state = jobState(job, t);
  return {
    label: work.title,
    description: state,
    ...jobIcon(job),
    context: `,job,${job.state},`,
    spoken: `${work.title}, ${state}`,
  };
}

/** The writer of another window that is at this set. */
function foreignWriter(set: DocumentSet, activity: StoreActivity | undefined): StoreActivity | undefined {
  return activity && !activity.isOwn && activity.origins.includes(set.origin) ? activity : undefined;
}

function foreignState({ progress }: StoreActivity, t: Translate): string {
  const share =
    progress && progress.passagesTotal > 0 ? progress.passages / progress.passagesTotal : undefined;
  return share === undefined
    ? t("locked: another window is indexing it")
    : t("locked: another window is indexing it, {0} %", Math.floor(share * 100));
}

function jobState({ state, text, done, failure }: IndexJob, t: Translate): string {
  switch (state) {
    case "running": {
      const share = done === undefined ? t("indexing") : t("indexing {0} %", Math.floor(done * 100));
      return text === undefined ? share : `${share} · ${text}`;
    }
    case "paused":
      return t("paused; what was computed is kept");
    case "failed":
      return failure ? t("failed: {0}", failureText(failure).message) : t("failed");
  }
}

function jobIcon({ state }: IndexJob): { readonly icon: string; readonly color?: string } {
  switch (state) {
    case "running":
      return { icon: "sync~spin" };
    case "paused":
      return { icon: "debug-pause" };
    case "failed":
      return { icon: "error", color: "list.errorForeground" };
  }
}

/** `2026-11-25 23:10`, in the person's own time; empty for a set whose manifest cannot be read. */
function dateText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What stands above the tree while another window writes. */
export function activityText(
  activity: StoreActivity | undefined,
  t: Translate = english,
): string | undefined {
  if (!activity || activity.isOwn) return undefined;
  const { holder, origins, progress } = activity;
  const counts =
    progress && progress.passagesTotal > 0
      ? t("{0} of {1}", progress.passages.toLocaleString("en"), counted(progress.passagesTotal, "passage", t))
      : "";
  const what = [origins.join(", "), counts].filter((part) => part !== "").join(": ");
  return what === ""
    ? t("Another window ({0}) is writing. Indexing here waits for it.", holder)
    : t("Another window ({0}) is indexing {1}. Indexing here waits for it.", holder, what);
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : gigabytes(bytes);
}

const formatNames = new Map([
  ["pdf", "PDF"],
  ["html", "HTML"],
  ["asciidoc", "AsciiDoc"],
  ["markdown", "Markdown"],
]);

const formatName = (format: string) => formatNames.get(format) ?? format;
