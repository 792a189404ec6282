// A catalogue compiled for routing. Skills are numbered in the order of their ids, so ties are broken by id.
import type { SkillId } from "../domain/id.ts";
import type { Calibration } from "./calibration/calibration.ts";
import { type SparseVector, toVector } from "./features/vector.ts";
import { type SelfDescription, toSelfTexts } from "./model/descriptions.ts";
import { type Model, type Row, toRequest } from "./model/model.ts";
import { type KeptExamples, keepExamples } from "./model/kept-examples.ts";
import { findNearest, type Neighbours } from "./model/neighbours.ts";

export const SKILL_LIMIT = 65_535;
/** Two of the text, and about ten of its features. */
const BYTES_OF_LETTER = 12;

export interface IndexedSkill {
  readonly id: SkillId;
  readonly tags: readonly string[];
  readonly demerit: number;
  /** What people say to it. */
  readonly requests: readonly string[];
  /** What people say that only sounds like it. */
  readonly counters: readonly string[];
  readonly self: SelfDescription;
}

export interface RoutingIndex {
  readonly skills: readonly IndexedSkill[];
  readonly model: Model;
  readonly calibration: Calibration;
  readonly memory: RoutingMemory;
}

/** What an index works out once and keeps; it never changes an answer. */
export interface RoutingMemory {
  readonly scratch: Float32Array;
  readonly examples: Map<number, KeptExamples>;
  readonly counters: Map<number, KeptExamples>;
}

/** The texts a skill is trained from, in the order in which its examples are kept. */
export function toTexts(skill: IndexedSkill): string[] {
  return [...skill.requests, ...toSelfTexts(skill.self)];
}

export function toIndex(
  skills: readonly IndexedSkill[],
  model: Model,
  calibration: Calibration,
): RoutingIndex {
  const scratch = new Float32Array(model.vocabulary.idf.length);
  const memory = { scratch, examples: new Map(), counters: new Map() };
  return { skills, model, calibration, memory };
}

/** Building has made these vectors; the first request need not make them again. */
export function remember(
  { memory, skills }: RoutingIndex,
  rows: readonly Row[],
  vectors: readonly SparseVector[],
): void {
  const examples: SparseVector[][] = skills.map(() => []);
  const counters: SparseVector[][] = skills.map(() => []);
  rows.forEach(({ skill, soundsLike }, at) => {
    const owners = soundsLike === undefined ? examples[skill] : counters[soundsLike];
    const vector = vectors[at];
    if (vector) owners?.push(vector);
  });
  examples.forEach((made, skill) => memory.examples.set(skill, keepExamples(made)));
  counters.forEach((made, skill) => memory.counters.set(skill, keepExamples(made)));
}

export function toNeighbours(index: RoutingIndex, vector: SparseVector): Neighbours {
  const { scratch } = index.memory;
  return {
    examplesOf: (skill) => findNearest(scratch, vector, [examplesOf(index, skill)]),
    countersOf: (skills) =>
      findNearest(
        scratch,
        vector,
        skills.map((skill) => countersOf(index, skill)),
      ),
  };
}

export function examplesOf(index: RoutingIndex, number: number): KeptExamples {
  const known = index.memory.examples.get(number);
  if (known) return known;
  const skill = index.skills[number];
  const made = toKept(index, skill ? toTexts(skill) : []);
  index.memory.examples.set(number, made);
  return made;
}

function countersOf(index: RoutingIndex, number: number): KeptExamples {
  const known = index.memory.counters.get(number);
  if (known) return known;
  const made = toKept(index, index.skills[number]?.counters ?? []);
  index.memory.counters.set(number, made);
  return made;
}

function toKept({ model }: RoutingIndex, texts: readonly string[]): KeptExamples {
  return keepExamples(texts.map((text) => toVector(model.vocabulary, toRequest(text).features)));
}

/** What it holds in memory, roughly: its tables, and what it keeps of every example once each skill was asked for. */
export function countBytes({ model, skills }: RoutingIndex): number {
  const { vocabulary, weights, meaning, descriptions } = model;
  const tables = [
    ...[vocabulary.keys, vocabulary.rows, vocabulary.keyOfRow, vocabulary.frequencies, vocabulary.idf],
    ...[weights, descriptions].flatMap(({ starts, values, skills: owners }) => [starts, values, owners]),
    meaning.values,
  ];
  const letters = skills.reduce(
    (sum, { requests, counters }) => sum + [...requests, ...counters].join("").length,
    0,
  );
  return tables.reduce((sum, table) => sum + table.byteLength, 0) + letters * BYTES_OF_LETTER;
}
