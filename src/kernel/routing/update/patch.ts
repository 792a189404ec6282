// Weights of an index with those of some skills taken out and of others put in. All that stays is the same number for number.
import type { MeaningWeights, TrainedMeaning } from "../model/meaning-weights.ts";
import type { Weights } from "../model/weights.ts";
import type { Changes } from "./changes.ts";

const LARGEST = 32_767;

/** Weights being put together, entry behind entry. */
interface Draft {
  readonly skills: Uint16Array;
  readonly values: Int16Array;
  end: number;
}

/** `learnt`: of fresh skills, which it knows by their places among them; it has every row that `before` has. */
export function patchWeights(before: Weights, learnt: Weights, changes: Changes): Weights {
  const late = toNumbered(learnt, before.scale, changes.fresh);
  const rows = learnt.starts.length - 1;
  const starts = new Uint32Array(rows + 1);
  const size = before.skills.length + learnt.skills.length;
  const draft: Draft = { skills: new Uint16Array(size), values: new Int16Array(size), end: 0 };
  const rowsBefore = before.starts.length - 1;
  for (let row = 0; row < rows; row++) {
    if (row < rowsBefore) addStaying(draft, before, { row, numberOf: changes.numberOf });
    const added = starts[row] ?? 0;
    for (let entry = late.starts[row] ?? 0; entry < (late.starts[row + 1] ?? 0); entry++)
      insertBySkill(draft, added, { skill: late.skills[entry] ?? 0, value: late.values[entry] ?? 0 });
    starts[row + 1] = draft.end;
  }
  const [skills, values] = [draft.skills.subarray(0, draft.end), draft.values.subarray(0, draft.end)];
  return { starts, skills, values, scale: before.scale };
}

/** By numbers instead of places, and in the unit of the others: what is larger than their largest is cut to it. */
function toNumbered(learnt: Weights, unit: number, fresh: readonly number[]): Weights {
  const skills = learnt.skills.map((place) => fresh[place] ?? 0);
  return { ...learnt, skills, values: toWhole(learnt.values, learnt.scale / unit) };
}

function toWhole(values: Weights["values"], factor: number): Int16Array {
  return Int16Array.from(values, (value) =>
    Math.max(-LARGEST, Math.min(LARGEST, Math.round(value * factor))),
  );
}

function addStaying(
  draft: Draft,
  before: Weights,
  { row, numberOf }: { row: number; numberOf: Int32Array },
): void {
  const { skills, values } = before;
  const last = before.starts[row + 1] ?? 0;
  // In a variable: of a million entries, each would write the field.
  let end = draft.end;
  for (let entry = before.starts[row] ?? 0; entry < last; entry++) {
    const number = numberOf[skills[entry] ?? 0] ?? -1;
    if (number < 0) continue;
    draft.skills[end] = number;
    draft.values[end++] = values[entry] ?? 0;
  }
  draft.end = end;
}

/** Skills ascend within a row, which starts at `first`. */
function insertBySkill(
  draft: Draft,
  first: number,
  { skill, value }: { skill: number; value: number },
): void {
  let at = draft.end++;
  for (; at > first && (draft.skills[at - 1] ?? 0) > skill; at--) {
    draft.skills[at] = draft.skills[at - 1] ?? 0;
    draft.values[at] = draft.values[at - 1] ?? 0;
  }
  draft.skills[at] = skill;
  draft.values[at] = value;
}

/** `skills`: how many there are now. */
export function patchMeaning(
  before: MeaningWeights,
  learnt: TrainedMeaning,
  { numberOf, fresh, skills }: Changes & { readonly skills: number },
): MeaningWeights {
  const { size, scale } = before;
  const values = new Int16Array((skills + 1) * size);
  const late = toWhole(learnt.values, learnt.scale / scale);
  numberOf.forEach((number, earlier) => {
    if (number >= 0) values.set(before.values.subarray(earlier * size, (earlier + 1) * size), number * size);
  });
  fresh.forEach((number, place) =>
    values.set(late.subarray(place * size, (place + 1) * size), number * size),
  );
  return { size, scale, values };
}
