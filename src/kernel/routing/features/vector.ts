// A text as a sparse unit vector over the rows of a vocabulary, by groups of features. It never sees a skill.
import { toDirection } from "./direction.ts";
import type { Features } from "./extract.ts";
import { findRows, type Vocabulary } from "./vocabulary.ts";
import { toMeaningOf } from "./word-table.ts";

/** A feature that no example has still counts in the length, or one known word of ten would look like a full hit. */
const UNKNOWN_SHARE = 0.6;
/** What words and characters weigh: all else is weighed against them. */
const WEIGHT = 1;
/** Which way it goes, and that it goes some way: beside the groups, so that a text that says nothing of it stays as it is. */
const DIRECTION = { which: 0.7, any: 0.35 };
const DIRECTION_FIGURES = 2;
const NO_MEANING = new Float32Array(0);

export interface SparseVector {
  readonly rows: Int32Array;
  readonly values: Float32Array;
  /** Where each group ends in rows. */
  readonly groupEnds: readonly number[];
  /** Rows of the known words, and how much all words weigh, known or not. */
  readonly wordWeight: number;
  /** Figures of the meaning, none without a word table, and behind them two of the direction. */
  readonly meaning: Float32Array;
  /** How much of a whole vector its words are: two that say the same have this for a product. */
  readonly wordsOfAll: number;
}

/** A vector being made: rows that nobody knows are passed over. */
interface Draft {
  readonly rows: Int32Array;
  readonly values: Float32Array;
  end: number;
  wordWeight: number;
}

/** `found`: the rows of the features, for who knows them already. */
export function toVector(
  vocabulary: Vocabulary,
  features: Features,
  found: Int32Array = findRows(vocabulary, features),
): SparseVector {
  const draft: Draft = { rows: found, values: new Float32Array(found.length), end: 0, wordWeight: 0 };
  const groupEnds: number[] = [];
  const { meaningWeight, pairWeight } = vocabulary;
  const groupWeights = [WEIGHT, pairWeight, WEIGHT];
  const wordsSquared = 2 * WEIGHT ** 2 + pairWeight ** 2;
  const scale = 1 / Math.sqrt(wordsSquared + meaningWeight ** 2);
  const rest = { meaning: toDense(vocabulary, features, scale), wordsOfAll: wordsSquared * scale * scale };
  for (let group = 0; group < features.ends.length; group++) {
    const start = draft.end;
    const squares = addGroup(draft, vocabulary, { features, group });
    const factor = squares > 0 ? (scale * (groupWeights[group] ?? 0)) / Math.sqrt(squares) : 0;
    for (let at = start; at < draft.end; at++) draft.values[at] = (draft.values[at] ?? 0) * factor;
    groupEnds.push(draft.end);
  }
  const { rows, values, end, wordWeight } = draft;
  if (end === found.length) return { rows, values, groupEnds, wordWeight, ...rest };
  return { rows: rows.slice(0, end), values: values.slice(0, end), groupEnds, wordWeight, ...rest };
}

function toDense({ table, meaningWeight }: Vocabulary, features: Features, scale: number): Float32Array {
  const meaning = table ? toMeaningOf(table, features) : NO_MEANING;
  const dense = new Float32Array(meaning.length + DIRECTION_FIGURES);
  for (let at = 0; at < meaning.length; at++) dense[at] = (meaning[at] ?? 0) * meaningWeight * scale;
  const direction = toDirection(features);
  dense[meaning.length] = DIRECTION.which * scale * direction;
  dense[meaning.length + 1] = DIRECTION.any * scale * Math.abs(direction);
  return dense;
}

/** Moves the known rows of the group to the front. Answers the sum of the squares of all its values, known or not. */
function addGroup(draft: Draft, vocabulary: Vocabulary, part: { features: Features; group: number }): number {
  const { counts, ends } = part.features;
  let squares = 0;
  const last = ends[part.group] ?? 0;
  for (let at = part.group === 0 ? 0 : (ends[part.group - 1] ?? 0); at < last; at++) {
    const row = draft.rows[at] ?? -1;
    const idf = row < 0 ? vocabulary.unknownIdf : (vocabulary.idf[row] ?? 0);
    const value = toTimesWeight(counts[at] ?? 0) * (row < 0 ? idf * UNKNOWN_SHARE : idf);
    squares += value * value;
    if (part.group === 0) draft.wordWeight += idf;
    if (row < 0) continue;
    draft.rows[draft.end] = row;
    draft.values[draft.end++] = value;
  }
  return squares;
}

function toTimesWeight(times: number): number {
  return times === 1 ? 1 : 1 + Math.log(times);
}
