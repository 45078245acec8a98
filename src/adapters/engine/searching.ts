/** Searching over the sets of a store: opens what fits the version, embeds the question, retrieves, and opens a found passage. */
import { join, sep } from "node:path";
import type { OpenedPassage, SearchReply, SearchRequest } from "../../core/engine";
import type { Embedder } from "../../core/embedder";
import type { DocumentSet } from "../../core/document/documentSet";
import { FailureError } from "../../core/failure";
import { compareVersions, matchVersion } from "../../core/project/springBootVersion";
import { isAnswered } from "../../core/search/answerable";
import { indexSet, type IndexedSet } from "../../core/search/indexedSet";
import type { Passage } from "../../core/search/passage";
import { draftQuestion } from "../../core/search/draft";
import { joinRetrievals } from "../../core/search/joinRetrievals";
import { buildQuery, type SearchQuery } from "../../core/search/query";
import { indexQuestions, type QuestionIndex } from "../../core/search/questions";
import { defaultTuning, retrieve, type Found, type RetrievalTuning } from "../../core/search/retrieve";
import { sectionText } from "../../core/search/sectionText";
import type { SearchableSet } from "../../core/search/searchableSet";
import { neighboursOf } from "../../core/search/neighbours";
import { passageId } from "../llamaindex/passageNode";
import { readOfficialPages, type OfficialPages } from "./officialPages";
import { readQuestions } from "./questionFiles";
import type { Sets } from "./sets";

export interface SearchingProps {
  readonly sets: Pick<Sets, "open" | "openAll" | "openGuide" | "embedder">;
  readonly packageRoot: string;
  readonly defaultStore: string;
}

export interface Searching {
  /** Throws `no-index`, `version-not-indexed` and what opening the sets throws. Without an embedder words alone answer. */
  search(request: SearchRequest, signal: AbortSignal): Promise<SearchReply>;
  openPassage(
    request: { readonly store?: string; readonly passageId: string },
    signal: AbortSignal,
  ): Promise<OpenedPassage>;
}

export function createSearching({ sets, packageRoot, defaultStore }: SearchingProps): Searching {
  const indexed = new WeakMap<SearchableSet, IndexedSet>();
  let official: Promise<OfficialPages> | undefined;
  let questions: Promise<QuestionIndex> | undefined;

  const indexOf = (set: SearchableSet): IndexedSet => {
    const known = indexed.get(set);
    if (known) return known;
    const made = indexSet(set);
    indexed.set(set, made);
    return made;
  };

  const passageOf = async ({ set, position, chunk, score, foundBy }: Found): Promise<Passage> => {
    const pages = await (official ??= readOfficialPages(packageRoot));
    const { id: setId, springBootVersion } = set.source.set;
    const officialUrl = pages(springBootVersion, chunk);
    return {
      id: passageId(setId, position),
      setId,
      document: chunk.document,
      text: chunk.text,
      headingPath: chunk.headingPath,
      ...(chunk.anchor !== undefined && { anchor: chunk.anchor }),
      ...(chunk.page !== undefined && { page: chunk.page }),
      ...(springBootVersion !== undefined && { version: springBootVersion }),
      ...(officialUrl !== undefined && { officialUrl }),
      score,
      foundBy,
    };
  };

  return {
    async search(request, signal) {
      const { store, springBootVersion, project, count, without = [] } = request;
      const all = await sets.openAll(store, signal);
      if (all.length === 0) throw new FailureError({ kind: "no-index", store: store ?? defaultStore });
      const fit = fitting(
        all.filter(({ set }) => isOf(project, set)),
        springBootVersion,
      );
      const chosen = fit.filter(({ set }) => request.sets?.includes(set.id));
      // Chosen sets that are gone since, or of another version, are no reason to answer from nothing.
      const asked = chosen.length > 0 ? chosen : fit;
      const query = buildQuery(request);
      const embedder = await sets.embedder(signal);
      questions ??= readQuestions(packageRoot, embedder.identity).then(indexQuestions);
      const withVectors =
        !without.includes("vectors") && asked.some(({ embedding }) => embedding !== undefined);
      const vector = withVectors ? await vectorOf(embedder, query, signal) : undefined;
      const guide = await sets.openGuide(signal);
      signal.throwIfAborted();
      const known = await questions;
      const find = (wanted: SearchQuery, near: Float32Array | undefined) =>
        retrieve(
          {
            query: wanted,
            sets: asked.map(indexOf),
            questions: known,
            ...(guide && { companions: [indexOf(guide)] }),
            ...(near && { vector: near }),
            count,
            tuning: leavingOut(without),
          },
          signal,
        );
      const own = await find(query, vector);
      const drafted = request.draft === undefined ? undefined : draftQuestion(request.draft);
      const second = drafted === undefined ? undefined : buildQuery({ question: drafted });
      const retrieval = second
        ? joinRetrievals(
            own,
            await find(second, withVectors ? await vectorOf(embedder, second, signal) : undefined),
            count,
          )
        : own;
      const beside =
        request.withNeighbours === true ? neighboursOf(retrieval.found).flatMap(foundBeside) : [];
      return {
        answered: retrieval.found.length > 0 && isAnswered(retrieval.evidence),
        results: await Promise.all([...retrieval.found, ...beside].map(passageOf)),
        evidence: retrieval.evidence,
      };
    },

    async openPassage({ store, passageId: id }, signal) {
      const border = id.lastIndexOf(":");
      const position = Number(id.slice(border + 1));
      const set = indexOf(await sets.open(store, id.slice(0, border), signal));
      const chunk = set.source.chunks[position];
      if (!chunk) throw new FailureError({ kind: "no-index", store: store ?? defaultStore });
      const passage = await passageOf({ set, position, chunk, score: 0, foundBy: [] });
      return { passage, section: sectionText(set, position) };
    },
  };
}

/** A query that cannot be embedded is still asked by its words. */
async function vectorOf(
  embedder: Embedder,
  query: SearchQuery,
  signal: AbortSignal,
): Promise<Float32Array | undefined> {
  try {
    return await embedder.embedQuery(query.vectorText, signal);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

/** The jars of another project say nothing of this one. */
function isOf(project: string | undefined, { source }: DocumentSet): boolean {
  if (project === undefined || source?.kind !== "dependencies") return true;
  // A person may have named a folder of the module, or the build above it.
  const [own, named] = [join(project, sep), join(source.project, sep)];
  return own.startsWith(named) || named.startsWith(own);
}

/**
 * The sets that are about the version, and those that are about no version. Throws `version-not-indexed` when other versions are there and
 * this one is not: an answer from another version would be taken for one from this.
 */
function fitting(all: readonly SearchableSet[], version: string | undefined): readonly SearchableSet[] {
  if (version === undefined) return all;
  const isFitting = ({ set }: SearchableSet) =>
    set.springBootVersion === undefined ||
    matchVersion(set.springBootVersion, version) !== "none" ||
    matchVersion(version, set.springBootVersion) === "line";
  const fit = all.filter(isFitting);
  if (fit.length === 0 || fit.every(({ set }) => set.springBootVersion === undefined)) {
    const indexed = [...new Set(all.flatMap(({ set }) => set.springBootVersion ?? []))].sort(compareVersions);
    if (indexed.length > 0) throw new FailureError({ kind: "version-not-indexed", version, indexed });
  }
  return fit;
}

function leavingOut(without: NonNullable<SearchRequest["without"]>): RetrievalTuning {
  return {
    ...defaultTuning,
    ...(without.includes("words") && { lexical: 0 }),
    ...(without.includes("vectors") && { vector: 0, questionVectors: 0 }),
    ...(without.includes("names") && { name: 0 }),
    ...(without.includes("questions") && { questionWords: 0, questionVectors: 0 }),
    ...(without.includes("guide") && { companion: 0 }),
  };
}

/** A neighbour was not found, it is only there. */
function foundBeside({ set, position }: Pick<Found, "set" | "position">): Found[] {
  const chunk = set.source.chunks[position];
  return chunk ? [{ set, position, chunk, score: 0, foundBy: [] }] : [];
}
