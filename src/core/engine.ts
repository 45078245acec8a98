import type { AnswerEvent, AnswerRequest, AnswerResult } from "./answer/answer";
import type { ChangesRequest, VersionChanges } from "./changes/versionChanges";
import type { CheckProgress, CheckReport, CheckRequest } from "./checks/checkReport";
import type { PropertyReply, PropertyRequest } from "./checks/properties/propertyInfo";
import type { DocumentSet } from "./document/documentSet";
import type { SetDiagnostics } from "./document/setDiagnostics";
import type { DocumentSource } from "./document/documentSource";
import type { PullProgress, ServerStatus } from "./models/model";
import type { ProjectFacts } from "./project/projectFacts";
import type { AdaptedSample, GuideSample } from "./sample/adaptSample";
import type { PageLinks } from "./site/pageLinks";
import type { AnswerLabel } from "./reask/answerLabel";
import type { LabelCalibrationReport, LabelCalibrationRequest, ReviewedLabel } from "./reask/labelRequests";
import type { Evidence } from "./search/evidence";
import type { SearchLeg } from "./search/legs";
import type { Passage } from "./search/passage";
import type {
  TaskCalibrationProgress,
  TaskCalibrationReport,
  TaskCalibrationRequest,
} from "./tasks/taskCalibration";

export interface IndexRequest {
  /** Absolute paths of files or folders; what came from a URL has been downloaded before and names its address in `origin`. */
  readonly sources: readonly IndexSource[];
  readonly store?: string;
  /** Name of the document set; absent: the document's title or the folder's name. */
  readonly name?: string;
  /** Overrides what the document says. */
  readonly springBootVersion?: string;
  /** Takes nothing over from before: every document is read and every passage embedded anew. */
  readonly fresh?: boolean;
}

export interface IndexSource {
  readonly path: string;
  /** What the person named: the path itself or the URL. */
  readonly origin: string;
  /** Absent for a file or folder of this machine. */
  readonly source?: DocumentSource;
  /** Addresses of the documents by their path below `path`; for what came from elsewhere. */
  readonly addresses?: Readonly<Record<string, string>>;
  /** Whether the build tool of a project is to bring the documents of its dependencies that are not on this machine. */
  readonly fetch?: boolean;
  /** What to call a set of many documents when the person did not say. */
  readonly title?: string;
}

export interface IndexProgress {
  readonly phase: "waiting" | "reading" | "embedding" | "storing" | "checking";
  readonly documents: number;
  readonly documentsTotal: number;
  readonly passages: number;
  readonly passagesTotal: number;
  /** Embedded passages a second, once known. */
  readonly perSecond?: number;
  readonly secondsLeft?: number;
  /** What is being worked on, for a person. */
  readonly label?: string;
  /** True once a document of this run is in force by its words: searches find it, also while it gets its vectors. */
  readonly answersByWords?: boolean;
}

/** What is written to a store right now, and by whom. */
export interface StoreActivity {
  /** For a person. */
  readonly holder: string;
  /** True when it is this process. */
  readonly isOwn: boolean;
  /** Of the sources that are indexed; empty when the writer does not say. */
  readonly origins: readonly string[];
  readonly progress?: IndexProgress;
}

export interface IndexReport {
  readonly sets: readonly DocumentSet[];
  /** Documents read, documents that had not changed, and files passed over with the reason. */
  readonly read: number;
  readonly unchanged: number;
  readonly passedOver: readonly { readonly path: string; readonly why: string }[];
  /** Passages embedded in this run and taken over from before. */
  readonly embedded: number;
  readonly reused: number;
  /** Passages of what was indexed whose vectors the package brought along; the same passages may also count as reused. */
  readonly packaged: number;
  /** Milliseconds by part. */
  readonly timings: {
    readonly read: number;
    readonly embed: number;
    readonly store: number;
    readonly check: number;
  };
  /** Passages asked for by their heading and a rare term, and how many were found by vectors alone and by words alone. */
  readonly check: { readonly asked: number; readonly byVectors: number; readonly byWords: number };
}

export interface SearchRequest {
  readonly question: string;
  /** Code that the person selected; its identifiers are part of the query. */
  readonly selection?: string;
  /** What the person asked before in the same chat, oldest first. */
  readonly earlier?: readonly string[];
  /** What a model wrote at first, without documents: what it calls by name makes a second query. */
  readonly draft?: string;
  /** Parts of the search to leave out, for measuring. */
  readonly without?: readonly SearchLeg[];
  /** Also what stands beside the best results in their sections, after the results and with an empty `foundBy`. */
  readonly withNeighbours?: boolean;
  readonly count: number;
  readonly springBootVersion?: string;
  /** Folder of the project's module: of the dependencies' documents only its own are asked. Absent: all that fit the version. */
  readonly project?: string;
  readonly store?: string;
  /** Ids of the sets to ask; absent: all that fit the version. */
  readonly sets?: readonly string[];
}

export interface SearchReply {
  /** False when the documents do not answer the question. */
  readonly answered: boolean;
  readonly results: readonly Passage[];
  /** What `answered` was judged by. */
  readonly evidence?: Evidence;
}

/** A passage in its section: what a person reads when a citation is opened. */
export interface OpenedPassage {
  readonly passage: Passage;
  /** Markdown of the whole section, the passage's text within it. */
  readonly section: string;
}

export interface DoctorCheck {
  readonly name: string;
  readonly state: "pass" | "warn" | "fail";
  /** One sentence: what was found. */
  readonly detail: string;
  /** What mends it, when not passing. */
  readonly remedy?: string;
}

export interface SampleRequest {
  readonly instruction: string;
  readonly springBootVersion?: string;
  /** The file that it is for, and what that holds now. */
  readonly path?: string;
  readonly text?: string;
}

/** A sample of the field guide, which a person may take where the model could not. */
export interface SampleOffer extends AdaptedSample {
  /** Of its section in the guide. */
  readonly title: string;
  readonly passage: Passage;
  /** Configuration and dependencies that belong to it. */
  readonly others: GuideSample["others"];
}

/**
 * The engine behind all doors (editor, chat, command line). It runs in a worker; every method rejects with a `FailureError`, or with an
 * `AbortError` after the signal aborted.
 */
export interface Engine {
  index(
    request: IndexRequest,
    onProgress: (progress: IndexProgress) => void,
    signal: AbortSignal,
  ): Promise<IndexReport>;
  search(request: SearchRequest, signal: AbortSignal): Promise<SearchReply>;
  answer(
    request: AnswerRequest,
    onEvent: (event: AnswerEvent) => void,
    signal: AbortSignal,
  ): Promise<AnswerResult>;
  sets(request: { readonly store?: string }, signal: AbortSignal): Promise<readonly DocumentSet[]>;
  /** Undefined while nobody writes to the store. */
  activity(request: { readonly store?: string }, signal: AbortSignal): Promise<StoreActivity | undefined>;
  diagnose(
    request: { readonly store?: string; readonly setId: string },
    signal: AbortSignal,
  ): Promise<SetDiagnostics>;
  removeSet(request: { readonly store?: string; readonly setId: string }, signal: AbortSignal): Promise<void>;
  openPassage(
    request: { readonly store?: string; readonly passageId: string },
    signal: AbortSignal,
  ): Promise<OpenedPassage>;
  /** What differs between the documents of two versions that are both indexed. */
  changes(request: ChangesRequest, signal: AbortSignal): Promise<VersionChanges>;
  projectFacts(request: { readonly path: string }, signal: AbortSignal): Promise<ProjectFacts>;
  /** Judges files against their project; what could not be judged is in the report, not a failure. */
  check(
    request: CheckRequest,
    onProgress: (progress: CheckProgress) => void,
    signal: AbortSignal,
  ): Promise<CheckReport>;
  /** The field guide's sample that is nearest to an instruction; undefined where the guide has none for the version. */
  sample(request: SampleRequest, signal: AbortSignal): Promise<SampleOffer | undefined>;
  /** What the project's class path knows of a configuration property. */
  property(request: PropertyRequest, signal: AbortSignal): Promise<PropertyReply>;
  /** Makes the calibration of a model's code from the tasks of the package. Goes on with an earlier run of the same model. */
  calibrateTasks(
    request: TaskCalibrationRequest,
    onProgress: (progress: TaskCalibrationProgress) => void,
    signal: AbortSignal,
  ): Promise<TaskCalibrationReport>;
  /** Keeps on this machine whether an answer was right. */
  label(request: { readonly label: AnswerLabel }, signal: AbortSignal): Promise<void>;
  /** The labels of this machine, those that the calibration in force is least certain of first. */
  labels(request: Readonly<Record<string, never>>, signal: AbortSignal): Promise<readonly ReviewedLabel[]>;
  /** The other label for an answer; none takes it away. */
  correctLabel(request: { readonly id: string; readonly label?: 0 | 1 }, signal: AbortSignal): Promise<void>;
  /** Makes a calibration from the labels, and from the cases of the tasks where there are some. No model is asked. */
  calibrateLabels(request: LabelCalibrationRequest, signal: AbortSignal): Promise<LabelCalibrationReport>;
  /** What a crawl needs to know of a page that lies in a file; `address` is where relative links start. */
  pageLinks(
    request: { readonly path: string; readonly address: string },
    signal: AbortSignal,
  ): Promise<PageLinks>;
  server(request: { readonly host: string }, signal: AbortSignal): Promise<ServerStatus>;
  pullModel(
    request: { readonly host: string; readonly model: string },
    onProgress: (progress: PullProgress) => void,
    signal: AbortSignal,
  ): Promise<void>;
  doctor(
    request: {
      readonly host: string;
      readonly model: string;
      readonly store?: string;
      readonly project?: string;
    },
    signal: AbortSignal,
  ): Promise<readonly DoctorCheck[]>;
}
