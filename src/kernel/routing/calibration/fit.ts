// Calibration without labelled requests: each example is answered by a model that has not seen it, once with its own skill there
// and once as if that skill did not exist; the second kind, and requests of foreign topics, are what "no skill" looks like.
import { type Answer, answer, type Desk } from "../answer.ts";
import type { Lesson, Row } from "../model/model.ts";
import { type Calibration, toFit, UNMEASURED, USUAL_DISTANCE } from "./calibration.ts";
import { type Evidence, toEnergy, toEvidence } from "./evidence.ts";
import { toDesk, toOpenOffsets } from "./desk.ts";
import { toFolds } from "./folds.ts";
import { fitCurve } from "./logistic.ts";
import type { Slices } from "../slices.ts";
import { fitUnheardLift } from "./unheard.ts";

const FOLDS = 4;
/** Above this many rows one fold is measured: the figures no longer change, the time does. */
const ROWS_FOR_ALL_FOLDS = 2_000;
const MOST_HELD = 1_000;
/** Each is answered twice. */
const ANSWERS_A_SLICE = 100;
const TEMPERATURES = [0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9, 1, 1.15, 1.3, 1.5, 2];
const FEWEST_ANSWERS = 20;
const LEAD_SHARES = [0, 0.5, 1, 2];
/** An author's held-out phrases resemble the others, which flatters the nearness; so the lead gets the largest share that is as good. */
const AS_GOOD = 1.02;

interface Held {
  readonly answer: Answer;
  readonly skill: number;
}

interface Measured {
  readonly own: Held[];
  readonly absent: Held[];
  /** Counter-examples, as far as there are any. */
  readonly near: Held[];
}

export function* fitCalibration(lesson: Lesson): Slices<Calibration> {
  const { rows } = lesson;
  const isLarge = rows.length > ROWS_FOR_ALL_FOLDS;
  const folds = toFolds(rows, isLarge ? Math.max(FOLDS, Math.ceil(rows.length / MOST_HELD)) : FOLDS);
  const measured: Measured = { own: [], absent: [], near: [] };
  for (let fold = 0; fold < (isLarge ? 1 : FOLDS); fold++) {
    const kept = { ...lesson, rows: rows.filter((_, at) => folds[at] !== fold) };
    const held = rows.filter((_, at) => folds[at] === fold);
    yield* measure(yield* toDesk(kept), held, measured);
  }
  const calibration =
    measured.own.length < FEWEST_ANSWERS ? toStrangerCalibration(measured) : toCalibration(measured);
  return { ...calibration, unheardLift: yield* fitUnheardLift(lesson) };
}

function* measure(desk: Desk, held: readonly Row[], into: Measured): Slices<void> {
  const offsets = toOpenOffsets(desk);
  for (const row of held) {
    const isStranger = offsets[row.skill] === Number.NEGATIVE_INFINITY;
    if (!isStranger) into.own.push({ answer: answer(desk, row, offsets), skill: row.skill });
    offsets[row.skill] = Number.NEGATIVE_INFINITY;
    (row.soundsLike === undefined ? into.absent : into.near).push({
      answer: answer(desk, row, offsets),
      skill: row.skill,
    });
    if (!isStranger) offsets[row.skill] = 0;
    if ((into.absent.length + into.near.length) % ANSWERS_A_SLICE === 0) yield;
  }
}

function toCalibration({ own, absent, near }: Measured): Calibration {
  const temperature = fitTemperature(own);
  const evidenceOf = (held: Held) => toEvidence(held.answer.ranking, temperature, held.answer.words);
  const inside = own.map(evidenceOf);
  const start = { ...UNMEASURED, temperature, ...toMoments(inside) };
  const isTold = near.length >= FEWEST_ANSWERS;
  const outside = isTold ? [absent, near] : [[...absent, ...near]];
  const groups = outside.map((group) => group.map(evidenceOf));
  let best: Calibration = start;
  let leastLoss = Number.POSITIVE_INFINITY;
  for (const leadShare of isTold ? LEAD_SHARES : [0]) {
    const base = { ...start, isTold, leadShare };
    const figuresOf = (all: readonly Evidence[]) => all.map((evidence) => toFit(base, evidence));
    const { curve, loss } = fitCurve(figuresOf(inside), groups.map(figuresOf));
    if (loss <= leastLoss * AS_GOOD) best = { ...base, curve };
    leastLoss = Math.min(leastLoss, loss);
  }
  return best;
}

/** Without examples only strangers can be seen: requests in scope are taken to lie a usual distance above them. */
function toStrangerCalibration(measured: Measured): Calibration {
  const absent = [...measured.absent, ...measured.near];
  if (absent.length < FEWEST_ANSWERS) return UNMEASURED;
  const { temperature } = UNMEASURED;
  const { means, deviations } = toMoments(
    absent.map((held) => toEvidence(held.answer.ranking, temperature, held.answer.words)),
  );
  return {
    ...UNMEASURED,
    means: means.map((mean, at) => mean + USUAL_DISTANCE * (deviations[at] ?? 0)),
    deviations,
  };
}

/** The temperature under which the true skills of held-out examples are most probable. */
function fitTemperature(own: readonly Held[]): number {
  let best = { temperature: UNMEASURED.temperature, loss: Number.POSITIVE_INFINITY };
  for (const temperature of TEMPERATURES) {
    let loss = 0;
    for (const {
      answer: { ranking },
      skill,
    } of own)
      loss += toEnergy(ranking.scores, temperature) - (ranking.scores[skill] ?? 0) / temperature;
    if (loss < best.loss) best = { temperature, loss };
  }
  return best.temperature;
}

function toMoments(all: readonly Evidence[]): {
  means: number[];
  deviations: number[];
} {
  const names = ["energy", "nearness", "logProbability", "coverage", "lead"] as const;
  const columns = names.map((name) => all.map((one) => one[name]));
  const means = columns.map((column) => column.reduce((sum, figure) => sum + figure, 0) / column.length);
  const deviations = columns.map((column, at) => {
    const squares = column.reduce((sum, figure) => sum + (figure - (means[at] ?? 0)) ** 2, 0);
    return Math.sqrt(squares / column.length) || 1;
  });
  return { means, deviations };
}
