// An index of which a few skills have changed, at once: the others keep what they have learnt, and only the changed are trained, against
// those they could be taken for. It stands in until the whole is trained anew and is never stored: what a registry settles to
// depends on what is in it, not on how it came there.
import { type Entry, toRows } from "../entries.ts";
import { type SparseVector, toVector } from "../features/vector.ts";
import { growVocabulary, type Vocabulary } from "../features/vocabulary.ts";
import type { WordTable } from "../features/word-table.ts";
import { type IndexedSkill, type RoutingIndex, toIndex, toTexts } from "../index-type.ts";
import { buildDescriptions, toDescriptionShare, toNeighbourShare } from "../model/descriptions.ts";
import { keepExamples } from "../model/kept-examples.ts";
import type { Learnt } from "../model/centroid.ts";
import type { Model } from "../model/model.ts";
import { type Changes, toChanges } from "./changes.ts";
import { type LateExample, learnLate } from "./late-training.ts";
import { patchMeaning, patchWeights } from "./patch.ts";
import { type Claims, findAtStake, findRivalsOf, toClaims, toOffsets } from "./staying.ts";

/** To learn more skills than this takes as long as somebody should wait, and so many may have changed what words tell. */
const MOST_CHANGED = 20;
/** So many skills show how long descriptions usually are. */
const SAMPLE = 50;

/** Null: too much has changed, or another word table is in use. */
export function updateIndex(
  earlier: RoutingIndex,
  entries: readonly Entry[],
  table: WordTable | undefined,
): RoutingIndex | null {
  const skills = entries.map(({ skill }) => skill);
  const changes = toChanges(earlier.skills, skills);
  const gone = changes.numberOf.filter((number) => number < 0).length;
  const isFew = Math.max(changes.fresh.length, gone) <= MOST_CHANGED;
  if (!isFew || earlier.model.vocabulary.table !== table || !isWeighedAlike(earlier.model, skills))
    return null;
  const lesson = toLateLesson(earlier, entries, changes);
  const model = patchModel(earlier.model, skills, { changes, lesson });
  const index = toIndex(skills, model, earlier.calibration);
  rememberAll(index, earlier, { changes, lesson });
  return index;
}

/** The first example in a catalogue, or in a skill the last without, changes what examples and descriptions weigh. */
function isWeighedAlike(model: Model, skills: readonly IndexedSkill[]): boolean {
  const heard = skills.filter(({ requests }) => requests.length > 0).length;
  return (
    model.descriptionShare === toDescriptionShare(heard, skills.length) &&
    model.neighbourShare === toNeighbourShare(heard)
  );
}

interface LateLesson {
  readonly vocabulary: Vocabulary;
  /** Of each fresh skill: its examples, and what only sounds like it. */
  readonly examples: readonly SparseVector[][];
  readonly counters: readonly SparseVector[][];
  readonly learnt: Learnt;
}

interface Patch {
  readonly changes: Changes;
  readonly lesson: LateLesson;
}

function toLateLesson(earlier: RoutingIndex, entries: readonly Entry[], changes: Changes): LateLesson {
  const fresh = changes.fresh.flatMap((number) => entries[number] ?? []);
  const own = fresh.map(toRows);
  const sounding = fresh.map(({ skill, read }) => skill.counters.map(read));
  const texts = [...own.flat(), ...sounding.flat()].map(({ features }) => features);
  const vocabulary = growVocabulary(earlier.model.vocabulary, texts);
  const read = (requests: typeof sounding) =>
    requests.map((all) => all.map(({ features }) => toVector(vocabulary, features)));
  const examples = read(own);
  const counters = read(sounding);
  const offsets = toOffsets(changes.numberOf);
  const claim = (vector: SparseVector): Claims => toClaims(earlier, vector, offsets);
  const claims = examples.map((vectors) => vectors.map(claim));
  const toLate =
    (skill: number) =>
    (vector: SparseVector): LateExample => ({ skill, vector, others: claim(vector).sum });
  const taught = examples.flatMap((vectors, skill) =>
    vectors.map((vector, at): LateExample => ({ skill, vector, others: claims[skill]?.[at]?.sum ?? 0 })),
  );
  const rivals = claims.map((all) => findRivalsOf(all, earlier.skills.length));
  const atStake = readAtStake(earlier, entries, { changes, vocabulary, examples, rivals });
  const others = [...counters.flat(), ...atStake].map(toLate(fresh.length));
  const learnt = learnLate([...taught, ...others], vocabulary.idf.length, fresh.length);
  return { vocabulary, examples, counters, learnt };
}

/** Each once, though several fresh skills are like it. */
function readAtStake(
  earlier: RoutingIndex,
  entries: readonly Entry[],
  found: {
    readonly changes: Changes;
    readonly vocabulary: Vocabulary;
    readonly examples: readonly SparseVector[][];
    readonly rivals: readonly number[][];
  },
): SparseVector[] {
  const { changes, vocabulary, examples, rivals } = found;
  const scratch = new Float32Array(vocabulary.idf.length);
  const texts = new Map<string, Entry>();
  examples.forEach((vectors, place) => {
    for (const { skill, text } of findAtStake(earlier, rivals[place] ?? [], { vectors, scratch })) {
      const entry = entries[changes.numberOf[skill] ?? -1];
      const said = entry && toTexts(entry.skill)[text];
      if (entry && said !== undefined) texts.set(said, entry);
    }
  });
  return [...texts].map(([said, { read }]) => toVector(vocabulary, read(said).features));
}

function patchModel(before: Model, skills: readonly IndexedSkill[], { changes, lesson }: Patch): Model {
  const { vocabulary, learnt } = lesson;
  const selves = changes.fresh.flatMap((number) => skills[number]?.self ?? []);
  const step = Math.ceil(skills.length / SAMPLE);
  const usual = skills.filter((_, at) => at % step === 0).map(({ self }) => self);
  return {
    ...before,
    vocabulary,
    weights: patchWeights(before.weights, learnt.weights, changes),
    meaning: patchMeaning(before.meaning, learnt.meaning, { ...changes, skills: skills.length }),
    descriptions: patchWeights(before.descriptions, buildDescriptions(vocabulary, selves, usual), changes),
  };
}

/** Who stays has the examples it had: rows of the vocabulary keep their numbers. */
function rememberAll(index: RoutingIndex, { memory }: RoutingIndex, { changes, lesson }: Patch): void {
  for (const kind of ["examples", "counters"] as const) {
    for (const [earlier, kept] of memory[kind]) {
      const number = changes.numberOf[earlier] ?? -1;
      if (number >= 0) index.memory[kind].set(number, kept);
    }
    changes.fresh.forEach((number, place) =>
      index.memory[kind].set(number, keepExamples(lesson[kind][place] ?? [])),
    );
  }
}
