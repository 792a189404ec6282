// From what skills declare to an index. It is run when the registry changes, never on the way of a request.
import type { Calibration } from "./calibration/calibration.ts";
import { fitCalibration } from "./calibration/fit.ts";
import type { RoutingDocument } from "./document.ts";
import type { WordTable } from "./features/word-table.ts";
import { type IndexedSkill, type RoutingIndex, remember, SKILL_LIMIT, toIndex } from "./index-type.ts";
import { toSelfTexts } from "./model/descriptions.ts";
import { type Lesson, type Request, type Row, toRequest, trainWithVectors } from "./model/model.ts";
import { findStrangers } from "./model/strangers.ts";

export interface BuildOptions {
  readonly table?: WordTable | undefined;
  /** The index of the same catalogue before its last change. */
  readonly earlier?: RoutingIndex | undefined;
  /** From how many texts on measuring may come after the answer. */
  readonly manyTexts?: number | undefined;
}

/** An index that answers, and what is left to do for it. */
export interface BegunIndex {
  readonly index: RoutingIndex;
  /** Absent: nothing is left. It answers with the calibration of the catalogue before until that is measured anew. */
  readonly measure?: (() => RoutingIndex) | undefined;
}

/** From here on measuring takes longer than who waits for an answer should wait. */
const MANY_TEXTS = 4_000;
/** A catalogue less than half as large was another one. */
const LEAST_ALIKE = 0.5;

export function buildIndex(
  documents: readonly RoutingDocument[],
  options: { readonly table?: WordTable | undefined } = {},
): RoutingIndex {
  return beginIndex(documents, options).index;
}

export function beginIndex(documents: readonly RoutingDocument[], options: BuildOptions): BegunIndex {
  const { skills, lesson } = toLesson(documents, options.table);
  const { model, vectors } = trainWithVectors(lesson);
  const finish = (calibration: Calibration): RoutingIndex => {
    const index = toIndex(skills, model, calibration);
    remember(index, lesson.rows, vectors);
    return index;
  };
  const measure = (): RoutingIndex => finish(fitCalibration(lesson));
  const { earlier, manyTexts = MANY_TEXTS } = options;
  const isAlike = earlier !== undefined && earlier.skills.length >= LEAST_ALIKE * skills.length;
  return isAlike && lesson.rows.length >= manyTexts
    ? { index: finish(earlier.calibration), measure }
    : { index: measure() };
}

function toLesson(
  documents: readonly RoutingDocument[],
  table: WordTable | undefined,
): { skills: IndexedSkill[]; lesson: Lesson } {
  const entries = documents.slice(0, SKILL_LIMIT).map(toEntry).sort(byId);
  const skills = entries.map(({ skill }) => skill);
  const rows = entries.flatMap(toRows);
  const strangers = findStrangers(rows).map(
    (request): Row => ({ ...request, skill: skills.length, isRequest: true }),
  );
  const counters = entries.flatMap(({ skill: { counters: texts }, read }, soundsLike) =>
    texts.map((text): Row => ({ ...read(text), skill: skills.length, isRequest: true, soundsLike })),
  );
  const lesson = {
    rows: [...rows, ...strangers, ...counters],
    selves: skills.map((skill) => skill.self),
    table,
  };
  return { skills, lesson };
}

interface Entry {
  readonly skill: IndexedSkill;
  readonly read: (text: string) => Request;
}

/** What texts of a skill were read as, for as long as somebody keeps the skill: a save changes one skill of many. */
const readTexts = new WeakMap<RoutingDocument["phrases"], Map<string, Request>>();

function toEntry(document: RoutingDocument): Entry {
  const known = readTexts.get(document.phrases) ?? new Map<string, Request>();
  readTexts.set(document.phrases, known);
  const read = (text: string): Request => {
    const request = known.get(text) ?? toRequest(text);
    known.set(text, request);
    return request;
  };
  return { skill: toIndexedSkill(document), read };
}

function toRows({ skill, read }: Entry, number: number): Row[] {
  const requests = skill.requests.map((text) => ({ ...read(text), skill: number, isRequest: true }));
  const names = toSelfTexts(skill.self).map((text) => ({ ...read(text), skill: number, isRequest: false }));
  return [...requests, ...names];
}

function toIndexedSkill(document: RoutingDocument): IndexedSkill {
  const { id, tags, phrases, description, inputNames } = document;
  const requests = [...phrases.ru, ...phrases.en, ...(document.corrections ?? [])];
  const name = [...id.split(/[/_-]+/), ...tags].join(" ");
  const descriptions =
    typeof description === "string" ? [description] : [description.ru ?? "", description.en ?? ""];
  const self = { name, descriptions, inputs: inputNames.join(" ") };
  const counters = [...new Set(document.counter ?? [])];
  return {
    id,
    tags,
    demerit: document.demerit ?? 0,
    requests: [...new Set(requests)],
    counters,
    self,
  };
}

function byId({ skill: one }: Entry, { skill: other }: Entry): number {
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}
