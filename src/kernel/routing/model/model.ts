// The trained part of an index: vocabulary and weights from examples. It knows skills as numbers only.
import { type Features, toFeatures } from "../features/extract.ts";
import { type SparseVector, toVector } from "../features/vector.ts";
import type { WordTable } from "../features/word-table.ts";
import { buildVocabulary, type Vocabulary } from "../features/vocabulary.ts";
import { normalise, toWords } from "../text/normalise.ts";
import { doAtOnce, type Slices } from "../slices.ts";
import { trainAveraged } from "./averaged.ts";
import { buildCentroids, type Example } from "./centroid.ts";
import {
  buildDescriptions,
  type SelfDescription,
  toDescriptionShare,
  toNeighbourShare,
} from "./descriptions.ts";
import { type MeaningWeights, toWholeMeaning } from "./meaning-weights.ts";
import { toWholeNumbers, type Weights } from "./weights.ts";

export interface Model {
  readonly vocabulary: Vocabulary;
  readonly weights: Weights;
  readonly meaning: MeaningWeights;
  readonly descriptions: Weights;
  readonly descriptionShare: number;
  /** What being all the same as the nearest examples adds to a score. */
  readonly neighbourShare: number;
}

/** What a model is trained from. */
export interface Lesson {
  /** Grouped by skill, ascending. One skill more than there are `selves` is that of strangers. */
  readonly rows: readonly Row[];
  readonly selves: readonly SelfDescription[];
  readonly table?: WordTable | undefined;
}

/** A text ready to be compared. */
export interface Request {
  readonly words: readonly string[];
  readonly features: Features;
}

export interface Row extends Request {
  readonly skill: number;
  /** What people say; the others are names and descriptions. */
  readonly isRequest: boolean;
  /** The skill that its author says is not meant; the row itself is one of the strangers. */
  readonly soundsLike?: number;
}

export function toRequest(text: string): Request {
  const words = toWords(normalise(text));
  return { words, features: toFeatures(words) };
}

/** The skills that have examples. */
function toHeard({ rows, selves }: Lesson): ReadonlySet<number> {
  return new Set(rows.filter((row) => row.isRequest && row.skill < selves.length).map((row) => row.skill));
}

/** Few examples say little by their words alone. Many draw a finer line than meanings do: two requests of one topic are near in meaning. */
const MOST_MEANING = 1.1;
const FEW_EXAMPLES = 15;
/** A description is in other words than who asks for it. */
const MEANING_WITHOUT_EXAMPLES = 1.3;
/** In few examples a pair of words is chance; in many it tells `turn on` from `turn off` and `late delivery` from `delivery`. */
const PAIRS = { atFive: 0.7, power: 0.3, most: 1.3, withoutExamples: 0.8 };

function toWeightsOfGroups(lesson: Lesson): { meaningWeight: number; pairWeight: number } {
  const requests = lesson.rows.filter((row) => row.isRequest && row.skill < lesson.selves.length).length;
  const each = Math.max(1, requests / Math.max(1, toHeard(lesson).size));
  const learnt = Math.min(PAIRS.most, PAIRS.atFive * (each / 5) ** PAIRS.power);
  const most = requests === 0 ? MEANING_WITHOUT_EXAMPLES : MOST_MEANING;
  return {
    meaningWeight: lesson.table ? most * Math.sqrt(Math.min(1, FEW_EXAMPLES / each)) : 0,
    pairWeight: requests === 0 ? PAIRS.withoutExamples : learnt,
  };
}

export function trainModel(lesson: Lesson): Model {
  return doAtOnce(trainWithVectors(lesson)).model;
}

/** Besides the model the rows of the lesson as it sees them. `trainings`: fewer than are of use, for who only measures. */
export function* trainWithVectors(
  lesson: Lesson,
  trainings?: number,
): Slices<{ model: Model; vectors: SparseVector[] }> {
  const { rows, selves, table } = lesson;
  const { vocabulary, rowsOf } = buildVocabulary(
    rows.map((row) => row.features),
    { table, ...toWeightsOfGroups(lesson) },
  );
  yield;
  const examples = rows.map(
    ({ skill, features }, at): Example => ({ skill, vector: toVector(vocabulary, features, rowsOf[at]) }),
  );
  yield;
  const { weights, meaning } = buildCentroids(examples, vocabulary.idf.length, selves.length + 1);
  yield;
  const heard = toHeard(lesson);
  // Where some skills have none yet, that others have many is what people said of them, and it is to count.
  yield* trainAveraged({ weights, meaning }, examples, {
    skills: selves.length + 1,
    isEven: heard.size === selves.length,
    trainings,
  });
  const descriptions = buildDescriptions(vocabulary, selves);
  const model = {
    vocabulary,
    weights: toWholeNumbers(weights),
    meaning: toWholeMeaning(meaning),
    descriptions,
    descriptionShare: toDescriptionShare(heard.size, selves.length),
    neighbourShare: toNeighbourShare(heard.size),
  };
  return { model, vectors: examples.map(({ vector }) => vector) };
}
