// Which skills an example is trained against: its own and those that look most like it. All of them in a small catalogue.
import { addRare, type TrainingSet } from "./training-set.ts";

export const RIVALS = 20;

/** Example * RIVALS -> skill number, its own first. Skills are compared by rare features only, so the search stays linear. */
export function findRivals(set: TrainingSet, skillOf: Uint16Array): Uint16Array {
  if (set.skills <= RIVALS) return takeAll(skillOf, set.skills);
  const rivals = new Uint16Array(skillOf.length * RIVALS);
  const scores = new Float64Array(set.skills);
  for (let number = 0; number < skillOf.length; number++) {
    addRare(set, number, scores);
    scores[skillOf[number] ?? 0] = Number.POSITIVE_INFINITY;
    rivals.set(toHighest(scores, RIVALS), number * RIVALS);
    scores.fill(0);
  }
  return rivals;
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
function toHighest(scores: Float64Array, width: number): Uint16Array {
  const best = new Uint16Array(width);
  const held = new Float64Array(width).fill(-1);
  for (let skill = 0; skill < scores.length; skill++) {
    const score = scores[skill] ?? 0;
    if (score <= (held[width - 1] ?? 0)) continue;
    let at = width - 1;
    for (; at > 0 && score > (held[at - 1] ?? 0); at--) {
      held[at] = held[at - 1] ?? 0;
      best[at] = best[at - 1] ?? 0;
    }
    held[at] = score;
    best[at] = skill;
  }
  return best;
}
