// Which skills an example is trained against: its own and those that look most like it. All of them in a small catalogue.
import { startOf, type TrainingSet } from "./training-set.ts";

export const RIVALS = 20;

/** Example * RIVALS -> skill number, its own first. Skills are compared by rare features only, and those that share none are not looked at, so the search stays linear. */
export function findRivals(set: TrainingSet, skillOf: Uint16Array): Uint16Array {
  if (set.skills <= RIVALS) return takeAll(skillOf, set.skills);
  const rivals = new Uint16Array(skillOf.length * RIVALS);
  const scores = new Float64Array(set.skills);
  const alike = new Uint16Array(set.skills);
  for (let number = 0; number < skillOf.length; number++) {
    const own = skillOf[number] ?? 0;
    scores[own] = Number.POSITIVE_INFINITY;
    alike[0] = own;
    const end = addRareOf(set, number, { scores, alike });
    rivals.set(toHighest(scores, alike.subarray(0, end)), number * RIVALS);
    for (let at = 0; at < end; at++) scores[alike[at] ?? 0] = 0;
  }
  return rivals;
}

/** Like `addRare`; besides lists the skills that scored, behind the one that is there, and answers how many they are, at least as many as rivals. */
function addRareOf(
  set: TrainingSet,
  number: number,
  into: { scores: Float64Array; alike: Uint16Array },
): number {
  const { starts, skills, values } = set.weights;
  const { features, values: inputs } = set.rare;
  const { scores, alike } = into;
  let found = 1;
  const last = startOf(set.rare, number + 1);
  for (let at = startOf(set.rare, number); at < last; at++) {
    const row = features[at] ?? 0;
    const end = starts[row + 1] ?? 0;
    for (let entry = starts[row] ?? 0; entry < end; entry++) {
      const skill = skills[entry] ?? 0;
      const before = scores[skill] ?? 0;
      if (before === 0) alike[found++] = skill;
      scores[skill] = before + (inputs[at] ?? 0) * (values[entry] ?? 0);
    }
  }
  return fill(alike, found, scores);
}

function fill(alike: Uint16Array, found: number, scores: Float64Array): number {
  let end = found;
  for (let skill = 0; end < RIVALS; skill++) if (scores[skill] === 0) alike[end++] = skill;
  return end;
}

function takeAll(skillOf: Uint16Array, skills: number): Uint16Array {
  const rivals = new Uint16Array(skillOf.length * skills);
  let at = 0;
  for (const own of skillOf) {
    rivals[at++] = own;
    for (let skill = 0; skill < skills; skill++) if (skill !== own) rivals[at++] = skill;
  }
  return rivals;
}

/** The highest few, by insertion: the list is short and mostly refused at its end. */
function toHighest(scores: Float64Array, among: Uint16Array): Uint16Array {
  const best = new Uint16Array(RIVALS);
  const held = new Float64Array(RIVALS).fill(-1);
  for (let place = 0; place < among.length; place++) {
    const skill = among[place] ?? 0;
    const score = scores[skill] ?? 0;
    if (score <= (held[RIVALS - 1] ?? 0)) continue;
    let at = RIVALS - 1;
    for (; at > 0 && score > (held[at - 1] ?? 0); at--) {
      held[at] = held[at - 1] ?? 0;
      best[at] = best[at - 1] ?? 0;
    }
    held[at] = score;
    best[at] = skill;
  }
  return best;
}
