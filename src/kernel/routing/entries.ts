// What skills declare, read: texts as requests, in the order of the skills' ids.
import type { RoutingDocument } from "./document.ts";
import type { WordTable } from "./features/word-table.ts";
import { type IndexedSkill, SKILL_LIMIT, toTexts } from "./index-type.ts";
import { type Lesson, type Request, type Row, toRequest } from "./model/model.ts";
import { findStrangers } from "./model/strangers.ts";

export interface Entry {
  readonly skill: IndexedSkill;
  readonly read: (text: string) => Request;
}

export function toEntries(documents: readonly RoutingDocument[]): Entry[] {
  return documents.slice(0, SKILL_LIMIT).map(toEntry).sort(byId);
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

/** In the order of `toTexts`. */
export function toRows({ skill, read }: Entry, number: number): Row[] {
  return toTexts(skill).map((text, at) => ({
    ...read(text),
    skill: number,
    isRequest: at < skill.requests.length,
  }));
}

/** All that a catalogue is trained from: the rows of its skills first, each in the order of `toTexts`. */
export function toLesson(entries: readonly Entry[], table: WordTable | undefined): Lesson {
  const rows = entries.flatMap(toRows);
  const skill = entries.length;
  const strangers = findStrangers(rows).map((request): Row => ({ ...request, skill, isRequest: true }));
  const counters = entries.flatMap(({ skill: { counters: texts }, read }, soundsLike) =>
    texts.map((text): Row => ({ ...read(text), skill, isRequest: true, soundsLike })),
  );
  const selves = entries.map((entry) => entry.skill.self);
  return { rows: [...rows, ...strangers, ...counters], selves, table };
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
