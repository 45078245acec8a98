/** What a person reads of a document set and of work that is not done: pure, so that a test can look at every state. */
import type { DocumentSet } from "../../core/document/documentSet";
import { sourceOf } from "../../core/document/documentSource";
import { placeOf } from "../../core/document/setRequests";
import type { StoreActivity } from "../../core/engine";
import { failureText } from "../../core/failureText";
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
): Row {
  const { name, springBootVersion, passages, embedded, bytes } = set;
  const foreign = foreignWriter(set, activity);
  const state = job ? jobState(job) : foreign ? foreignState(foreign) : states[set.state];
  const look = job ? jobIcon(job) : foreign ? { icon: "lock" } : icons[set.state];
  const description = [
    springBootVersion ?? "",
    state,
    `${embedded.toLocaleString("en")}/${passages.toLocaleString("en")}`,
    gigabytes(bytes),
  ].filter((part) => part !== "");
  const isOurs = sourceOf(set).kind === "embedded";
  const context = [
    "set",
    ...(isOurs ? ["embedded"] : ["updatable", "removable"]),
    ...(placeOf(set) ? ["openable"] : []),
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
      `${embedded} of ${counted(passages, "passage")} embedded`,
    ]
      .filter((part) => part !== "")
      .join(", "),
  };
}

/** All that the row has no room for. */
export function setDetails(
  set: DocumentSet,
  job: IndexJob | undefined,
  activity: StoreActivity | undefined,
): readonly Detail[] {
  const { springBootVersion, origin, indexedAt, passages, embedded, documents, bytes, state, reason } = set;
  const foreign = foreignWriter(set, activity);
  const source = sourceOf(set);
  const stated = reason === undefined ? states[state] : `${states[state]}: ${reason}`;
  const now = job ? jobState(job) : foreign ? foreignState(foreign) : stated;
  return [
    { label: "State", value: now, icon: "info" },
    { label: "Version", value: springBootVersion ?? "for any version", icon: "versions" },
    { label: "From", value: origin === "embedded" ? "part of Docwright" : origin, icon: "link" },
    { label: "Indexed", value: dateText(indexedAt), icon: "calendar" },
    {
      label: "Passages",
      value: `${embedded.toLocaleString("en")} of ${passages.toLocaleString("en")} embedded, ${counted(documents, "document")}`,
      icon: "list-unordered",
    },
    { label: "Size", value: gigabytes(bytes), icon: "database" },
    ...(source.kind === "site"
      ? [
          {
            label: "Site",
            value: `below ${source.prefix}, depth ${source.depth}, at most ${counted(source.pages, "page")}${source.left > 0 ? `, ${source.left} more are linked` : ""}`,
            icon: "globe",
          },
        ]
      : []),
  ];
}

/** Work on what is no set yet. */
export function jobRow(job: IndexJob): Row {
  const { work } = job;
  const state = jobState(job);
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

function foreignState({ progress }: StoreActivity): string {
  const share =
    progress && progress.passagesTotal > 0 ? progress.passages / progress.passagesTotal : undefined;
  return share === undefined
    ? "locked: another window is indexing it"
    : `locked: another window is indexing it, ${Math.floor(share * 100)} %`;
}

function jobState({ state, text, done, failure }: IndexJob): string {
  switch (state) {
    case "running":
      return `indexing${done === undefined ? "" : ` ${Math.floor(done * 100)} %`}${text === undefined ? "" : ` · ${text}`}`;
    case "paused":
      return "paused; what was computed is kept";
    case "failed":
      return failure ? `failed: ${failureText(failure).message}` : "failed";
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
export function activityText(activity: StoreActivity | undefined): string | undefined {
  if (!activity || activity.isOwn) return undefined;
  const { holder, origins, progress } = activity;
  const what = origins.length > 0 ? `is indexing ${origins.join(", ")}` : "is writing";
  const counts =
    progress && progress.passagesTotal > 0
      ? `: ${progress.passages.toLocaleString("en")} of ${progress.passagesTotal.toLocaleString("en")} passages`
      : "";
  return `Another window (${holder}) ${what}${counts}. Indexing here waits for it.`;
}
