// The trained part of an index: vocabulary and weights from examples. It knows skills as numbers only.
import { backgroundShare } from "../features/background.ts";
import { type Features, toFeatures, toWordKey } from "../features/extract.ts";
import { type SparseVector, toVector } from "../features/vector.ts";
import { buildVocabulary, findRow, type Vocabulary } from "../features/vocabulary.ts";
import { normalise, toWords } from "../text/normalise.ts";
import { mendSlips } from "../text/slips.ts";
import { toStem } from "../text/stem.ts";
import { isKind, toMeaning, toTerm } from "../text/terms.ts";
import { mendTypo } from "../text/typos.ts";
import { buildCentroids, type Example } from "./centroid.ts";
import { buildDescriptions, type SelfDescription, toDescriptionShare } from "./descriptions.ts";
import { train } from "./softmax.ts";
import { toWholeNumbers, type Weights } from "./weights.ts";

export interface Model {
  readonly vocabulary: Vocabulary;
  readonly weights: Weights;
  readonly descriptions: Weights;
  readonly descriptionShare: number;
}

/** What a model is trained from. */
export interface Lesson {
  /** Grouped by skill, ascending. One skill more than there are `selves` is that of strangers. */
  readonly rows: readonly Row[];
  readonly selves: readonly SelfDescription[];
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

/** Looking for typing errors takes most of the time of a request of unknown words; a long text is not typed by hand. */
const MENDED_WORDS = 24;

/** A request as the catalogue would spell it: slips of the keyboard are mended where it knows the word meant. */
export function toMendedRequest(text: string, vocabulary: Vocabulary): Request {
  const countTerm = (term: string): number => {
    const key = toWordKey(term);
    const row = findRow(vocabulary, key);
    return row >= 0 ? (vocabulary.frequencies[row] ?? 0) : backgroundShare(key);
  };
  const countStem = (stem: string): number => countTerm(toMeaning(stem));
  const words = mendSlips(normalise(text), (word) => countTerm(toTerm(word)) > 0);
  const terms = words.map((word, at) => {
    const term = toTerm(word);
    const isKnown = at >= MENDED_WORDS || isKind(term) || countTerm(term) > 0;
    return isKnown ? term : toMeaning(mendTypo(toStem(word), countStem));
  });
  return { words, features: toFeatures(words, terms) };
}

export function trainModel(lesson: Lesson): Model {
  return trainWithVectors(lesson).model;
}

/** Besides the model the rows of the lesson as it sees them. */
export function trainWithVectors({ rows, selves }: Lesson): { model: Model; vectors: SparseVector[] } {
  const { vocabulary, rowsOf } = buildVocabulary(rows.map((row) => row.features));
  const examples = rows.map(
    ({ skill, features }, at): Example => ({ skill, vector: toVector(vocabulary, features, rowsOf[at]) }),
  );
  const weights = buildCentroids(examples, vocabulary.idf.length, selves.length + 1);
  train(weights, examples, selves.length + 1);
  const heard = new Set(rows.filter((row) => row.isRequest).map((row) => row.skill));
  heard.delete(selves.length);
  const descriptions = buildDescriptions(vocabulary, selves);
  const model = {
    vocabulary,
    weights: toWholeNumbers(weights),
    descriptions,
    descriptionShare: toDescriptionShare(heard.size, selves.length),
  };
  return { model, vectors: examples.map(({ vector }) => vector) };
}
