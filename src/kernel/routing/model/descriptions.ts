// How well a request fits what a skill says of itself: BM25 over its name, description and inputs. It never sees an example request.
import { toWordKey } from "../features/extract.ts";
import { findRow, type Vocabulary } from "../features/vocabulary.ts";
import { normalise, toWords } from "../text/normalise.ts";
import { toTerm } from "../text/terms.ts";
import { toWholeNumbers, type Weights } from "./weights.ts";

/** What a skill says of itself, by field. */
export interface SelfDescription {
  readonly name: string;
  /** One text per language. */
  readonly descriptions: readonly string[];
  readonly inputs: string;
}

const FIELD_WEIGHTS = [3, 1, 0.6] as const;
const SATURATION = 1.2;
const LENGTH_SHARE = 0.6;

/** The same as training examples: names and descriptions are said in few words too. */
export function toSelfTexts(self: SelfDescription): string[] {
  return [`${self.name} ${self.inputs}`, ...self.descriptions].filter((text) => text.trim() !== "");
}

/** `usual`: by whom is judged what is long. */
export function buildDescriptions(
  vocabulary: Vocabulary,
  all: readonly SelfDescription[],
  usual = all,
): Weights {
  const toFields = (one: SelfDescription): number[][] =>
    [one.name, one.descriptions.join(" "), one.inputs].map((text) => toRows(vocabulary, text));
  const skills = all.map(toFields);
  const compared = usual === all ? skills : usual.map(toFields);
  const lengths = FIELD_WEIGHTS.map(
    (_, field) =>
      compared.reduce((sum, fields) => sum + (fields[field]?.length ?? 0), 0) / Math.max(1, usual.length),
  );
  const weighed = skills.map((fields) => {
    const counts = new Map<number, number>();
    fields.forEach((rows, field) => {
      const long = 1 - LENGTH_SHARE + (LENGTH_SHARE * rows.length) / (lengths[field] || 1);
      const weight = (FIELD_WEIGHTS[field] ?? 0) / long;
      for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + weight);
    });
    return counts;
  });
  return toWeights(vocabulary, weighed);
}

function toRows(vocabulary: Vocabulary, text: string): number[] {
  const stems = toWords(normalise(text)).map(toTerm);
  return stems.map((stem) => findRow(vocabulary, toWordKey(stem))).filter((row) => row >= 0);
}

function toWeights(vocabulary: Vocabulary, weighed: readonly ReadonlyMap<number, number>[]): Weights {
  const starts = new Uint32Array(vocabulary.idf.length + 1);
  for (const counts of weighed) for (const row of counts.keys()) starts[row + 1] = (starts[row + 1] ?? 0) + 1;
  for (let row = 0; row < vocabulary.idf.length; row++)
    starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
  const skills = new Uint16Array(starts[vocabulary.idf.length] ?? 0);
  const values = new Float32Array(skills.length);
  const next = starts.slice();
  weighed.forEach((counts, skill) => {
    for (const [row, count] of counts) {
      const entry = next[row] ?? 0;
      next[row] = entry + 1;
      skills[entry] = skill;
      values[entry] = ((vocabulary.idf[row] ?? 0) * count) / (SATURATION + count);
    }
  });
  return toWholeNumbers({ starts, skills, values, scale: 1 });
}

/** Examples say more than a description; it counts where some skill has none, and most where none has any. */
export function toDescriptionShare(heard: number, skills: number): number {
  if (heard === skills) return 0;
  return heard > 0 ? 0.3 : 1.35;
}

/** Where no skill has an example, the nearest is a name or a description, and the softmax has learnt little from one of each. */
export function toNeighbourShare(heard: number): number {
  return heard > 0 ? 2 : 13;
}

/** Per skill the sum over the request's words, over the root of the highest sum: long requests do not drown the examples. */
export function scoreDescriptions(descriptions: Weights, rows: Int32Array, skills: number): Float64Array {
  const sums = new Float64Array(skills);
  let highest = 0;
  for (const row of rows) {
    const end = descriptions.starts[row + 1] ?? 0;
    for (let entry = descriptions.starts[row] ?? 0; entry < end; entry++) {
      const skill = descriptions.skills[entry] ?? 0;
      const sum = (sums[skill] ?? 0) + (descriptions.values[entry] ?? 0) * descriptions.scale;
      sums[skill] = sum;
      if (sum > highest) highest = sum;
    }
  }
  if (highest > 0)
    for (let skill = 0; skill < skills; skill++) sums[skill] = (sums[skill] ?? 0) / Math.sqrt(highest);
  return sums;
}
