// Calibration without labelled requests: each example is answered by a model that has not seen it, once with its own skill there
// and once as if that skill did not exist; the second kind, and requests of foreign topics, are what "no skill" looks like.
import { FOREIGN_REQUESTS } from "../data/foreign-requests.ts";
import { toVector, type SparseVector } from "../features/vector.ts";
import { type Model, type Row, toRow, trainModel } from "../model/model.ts";
import { type Ranking, rank } from "../model/rank.ts";
import { type Calibration, UNMEASURED, toFit } from "./calibration.ts";
import { type Evidence, toCoverage, toEnergy, toEvidence } from "./evidence.ts";
import { fitLogistic } from "./logistic.ts";

const FOLDS = 4;
/** Above this many rows fewer folds are measured: the figures no longer change, the time does. */
const ROWS_FOR_ALL_FOLDS = 4_000;
/** A skill with fewer examples keeps all of them for training. */
const FEWEST_EXAMPLES = 3;
const TEMPERATURES = [0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9, 1, 1.15, 1.3, 1.5, 2];
const FEWEST_ANSWERS = 20;

interface Answer {
  readonly ranking: Ranking;
  readonly coverage: number;
  readonly skill: number;
}

/** Rows grouped by skill, ascending; `requests` says which rows are requests (the others are names and descriptions). */
export function fitCalibration(rows: readonly Row[], requests: readonly boolean[], skills: number): Calibration {
  const folds = toFolds(rows, requests);
  const measured = rows.length > ROWS_FOR_ALL_FOLDS ? 1 : FOLDS;
  const own: Answer[] = [];
  const absent: Answer[] = [];
  for (let fold = 0; fold < measured; fold++) {
    const model = trainModel(rows.filter((_, at) => folds[at] !== fold), skills);
    const examples = toExamples(model, rows.filter((_, at) => folds[at] !== fold), skills);
    const held = rows.filter((_, at) => folds[at] === fold);
    for (const row of held) own.push(answer({ model, examples, row, without: -1 }));
    for (const row of held) absent.push(answer({ model, examples, row, without: row.skill }));
    const foreign = FOREIGN_REQUESTS.filter((_, at) => at % measured === fold).map((text) => toRow(-1, text));
    for (const row of foreign) absent.push(answer({ model, examples, row, without: -1 }));
  }
  return own.length < FEWEST_ANSWERS ? UNMEASURED : toCalibration(own, absent);
}

function toFolds(rows: readonly Row[], requests: readonly boolean[]): number[] {
  const counts = new Map<number, number>();
  rows.forEach((row, at) => {
    if (requests[at]) counts.set(row.skill, (counts.get(row.skill) ?? 0) + 1);
  });
  const seen = new Map<number, number>();
  return rows.map((row, at) => {
    if (!requests[at] || (counts.get(row.skill) ?? 0) < FEWEST_EXAMPLES) return -1;
    const number = seen.get(row.skill) ?? 0;
    seen.set(row.skill, number + 1);
    return (number + row.skill) % FOLDS;
  });
}

function toExamples(model: Model, rows: readonly Row[], skills: number): SparseVector[][] {
  const examples: SparseVector[][] = Array.from({ length: skills }, () => []);
  for (const row of rows) examples[row.skill]?.push(toVector(model.vocabulary, row.features));
  return examples;
}

function answer(part: { model: Model; examples: readonly SparseVector[][]; row: Row; without: number }): Answer {
  const { model, examples, row, without } = part;
  const offsets = new Float64Array(examples.length);
  if (without >= 0) offsets[without] = Number.NEGATIVE_INFINITY;
  const vector = toVector(model.vocabulary, row.features);
  const scratch = new Float32Array(model.vocabulary.idf.length);
  const ranking = rank({ weights: model.weights, vector, scratch, offsets, examplesOf: (skill) => examples[skill] ?? [] });
  return { ranking, coverage: toCoverage(model.vocabulary, model.weights, { vector, offsets }), skill: row.skill };
}

function toCalibration(own: readonly Answer[], absent: readonly Answer[]): Calibration {
  const temperature = fitTemperature(own);
  const inside = own.map((one) => toEvidence(one.ranking, temperature, one.coverage));
  const outside = absent.map((one) => toEvidence(one.ranking, temperature, one.coverage));
  const start = { ...UNMEASURED, temperature, ...toMoments(inside) };
  const curve = fitLogistic(inside.map((one) => toFit(start, one)), outside.map((one) => toFit(start, one)));
  return { ...start, ...curve };
}

/** The temperature under which the true skills of held-out examples are most probable. */
function fitTemperature(own: readonly Answer[]): number {
  let best = { temperature: UNMEASURED.temperature, loss: Number.POSITIVE_INFINITY };
  for (const temperature of TEMPERATURES) {
    let loss = 0;
    for (const { ranking, skill } of own) loss += toEnergy(ranking.scores, temperature) - (ranking.scores[skill] ?? 0) / temperature;
    if (loss < best.loss) best = { temperature, loss };
  }
  return best.temperature;
}

function toMoments(all: readonly Evidence[]): { means: Evidence; deviations: Evidence } {
  const mean = (at: number) => all.reduce((sum, one) => sum + (one[at] ?? 0), 0) / all.length;
  const means: Evidence = [mean(0), mean(1), mean(2), mean(3)];
  const deviation = (at: number) =>
    Math.sqrt(all.reduce((sum, one) => sum + ((one[at] ?? 0) - (means[at] ?? 0)) ** 2, 0) / all.length) || 1;
  return { means, deviations: [deviation(0), deviation(1), deviation(2), deviation(3)] };
}
