// How much embeddings may count in a catalogue: its own examples are answered by a model that has not seen them, with and without.
// What does not plainly help gets no weight, so that embeddings that are of no use here cannot harm.
import { answer, type Desk } from "../answer.ts";
import { toInScope } from "../calibration/calibration.ts";
import { toDesk, toOpenOffsets } from "../calibration/desk.ts";
import { toEnergy, toEvidence } from "../calibration/evidence.ts";
import { toFolds } from "../calibration/folds.ts";
import { toLesson } from "../entries.ts";
import { type RoutingIndex, toTexts } from "../index-type.ts";
import { type Row, toRequest } from "../model/model.ts";
import { doAtOnce } from "../slices.ts";
import { type Blend, type NearText, toFigures } from "./figures.ts";

/** Of how much nearer the first of the nearest texts is than the last, at the median. */
const WIDTH = 0.3;
const WEIGHTS = [0.15, 0.3, 0.5, 0.75, 1];
/** An author's phrases resemble each other more than what people say, which flatters the nearest; so the least weight is taken that gains almost as much. */
const ALMOST = 0.7;
const FOLDS = 4;
/** As many are enough to choose between so few weights. */
const ENOUGH = 400;
/** Fewer say nothing. */
const FEWEST = 30;
/** A gain counts when it lies this many of its standard errors above none. */
const PLAIN = 2.6;
/** And when it is this share of what is lost without: each unsure request is to wait for it. */
const WORTH = 0.05;
const SURE = 0.9;

export const NO_BLEND: Blend = { weight: 0, width: 1, answers: 0 };

/** The texts nearest to one of the skills' own, without it; null: it was not embedded. By skill number. */
export type FindNear = (text: string) => readonly NearText<number>[] | null;

interface TextRow extends Row {
  readonly text: string;
}

/** One example that its catalogue was unsure of. */
interface Held {
  readonly skill: number;
  /** In temperatures. */
  readonly logits: Float64Array;
  readonly near: readonly NearText<number>[];
}

export function fitBlend(index: RoutingIndex, findNear: FindNear): Blend {
  const held = holdOut(index, findNear);
  const none = { ...NO_BLEND, answers: held.length };
  const spread = toMedian(held.map(({ near }) => (near[0]?.score ?? 0) - (near.at(-1)?.score ?? 0)));
  if (held.length < FEWEST || !(spread > 0)) return none;
  const width = WIDTH * spread;
  const all = held.map((one) => ({ ...one, figures: toFigures(one.near, width) }));
  const tried = WEIGHTS.map((weight) => ({ weight, gain: toGain(all, weight) }));
  const most = Math.max(...tried.map(({ gain }) => gain));
  const least = tried.find(({ gain }) => gain > 0 && gain >= ALMOST * most);
  return least ? { weight: least.weight, width, answers: held.length } : none;
}

interface Blending extends Held {
  readonly figures: ReadonlyMap<number, number>;
}

/** How much less is lost than without; 0 where that could be chance, is not worth a call, or fewer of the right skills come first. */
function toGain(held: readonly Blending[], weight: number): number {
  const pairs = held.map((one) => ({ before: one.logits, after: blend(one, weight), skill: one.skill }));
  const before = pairs.map((pair) => toLoss(pair.before, pair.skill));
  const gains = pairs.map(({ after, skill }, at) => (before[at] ?? 0) - toLoss(after, skill));
  const wins = pairs.reduce(
    (sum, pair) => sum + Number(isFirst(pair.after, pair.skill)) - Number(isFirst(pair.before, pair.skill)),
    0,
  );
  const { mean, error } = toMoments(gains);
  return wins > 0 && mean > PLAIN * error && mean > WORTH * toMoments(before).mean ? mean : 0;
}

function isFirst(logits: Float64Array, skill: number): boolean {
  const own = logits[skill] ?? 0;
  return logits.every((logit, other) => other === skill || logit < own);
}

function blend({ logits, figures }: Blending, weight: number): Float64Array {
  const blended = logits.slice();
  for (const [skill, figure] of figures) blended[skill] = (blended[skill] ?? 0) + weight * figure;
  return blended;
}

function toLoss(logits: Float64Array, skill: number): number {
  return toEnergy(logits, 1) - (logits[skill] ?? 0);
}

function holdOut(index: RoutingIndex, findNear: FindNear): Held[] {
  const lesson = toLesson(
    index.skills.map((skill) => ({ skill, read: toRequest })),
    index.model.vocabulary.table,
  );
  const texts = index.skills.flatMap(toTexts);
  // Strangers, behind them, have no text that is embedded.
  const rows = lesson.rows.map((row, at): TextRow => ({ ...row, text: texts[at] ?? "" }));
  const parts = Math.max(FOLDS, Math.ceil(rows.length / (4 * ENOUGH)));
  const folds = toFolds(rows, parts);
  const held: Held[] = [];
  for (let fold = 0; fold < parts && held.length < ENOUGH; fold++) {
    const out = rows.filter((_, at) => folds[at] === fold);
    if (out.length === 0) continue;
    const desk = doAtOnce(toDesk({ ...lesson, rows: lesson.rows.filter((_, at) => folds[at] !== fold) }));
    held.push(...answerAll(index, desk, { rows: out, findNear }));
    // Of a large catalogue one part says enough, and training for another takes seconds.
    if (fold === FOLDS - 1 || parts > FOLDS) break;
  }
  return held;
}

function answerAll(
  { calibration, skills }: RoutingIndex,
  desk: Desk,
  { rows, findNear }: { readonly rows: readonly TextRow[]; readonly findNear: FindNear },
): Held[] {
  const { temperature } = calibration;
  const offsets = toOpenOffsets(desk);
  return rows.flatMap((row) => {
    const near = row.skill < skills.length ? findNear(row.text) : null;
    if (near === null || near.length === 0) return [];
    const { ranking, words } = answer(desk, row, offsets);
    const evidence = toEvidence(ranking, temperature, words);
    if (toInScope(calibration, evidence) * Math.exp(evidence.logProbability) >= SURE) return [];
    return [{ skill: row.skill, logits: ranking.scores.map((score) => score / temperature), near }];
  });
}

function toMedian(figures: readonly number[]): number {
  const sorted = figures.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function toMoments(figures: readonly number[]): { mean: number; error: number } {
  const mean = figures.reduce((sum, one) => sum + one, 0) / figures.length;
  const squares = figures.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares) / figures.length };
}
