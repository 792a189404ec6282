// How much an example may teach at one look: less where its skill has many, and never all of it at once.
import { startOf, type Packed } from "./training-set.ts";
import { toNext } from "./random.ts";

/** Where some skills have forty examples and some two, each look at one of forty moves less: requests do not come by how much was written. */
const EVENNESS = 0.5;
const SLOWEST = 0.3;
const FASTEST = 2;

export interface Among {
  readonly skills: number;
  /** Who has many examples must not win by it. */
  readonly isEven: boolean;
  /** Which of several trainings it is: each has an order of its own, and hides other features. */
  readonly training?: number;
  /** How many there are; absent: as many as are of use. */
  readonly trainings?: number | undefined;
}

/** Skill -> what its steps are multiplied by. */
export function toPaces(skillOf: Uint16Array, { skills, isEven }: Among): Float32Array {
  if (!isEven) return new Float32Array(skills).fill(1);
  const counts = new Uint32Array(skills);
  for (const skill of skillOf) counts[skill] = (counts[skill] ?? 0) + 1;
  const usual = skillOf.length / skills;
  return Float32Array.from(counts, (count) =>
    Math.min(FASTEST, Math.max(SLOWEST, (usual / Math.max(1, count)) ** EVENNESS)),
  );
}

/** In few examples a single word carries a skill by chance; hidden now and then, it has to share with the others. */
const MOST_HIDDEN = 0.4;
const FEW_EXAMPLES = 15;

/** The share of an example's features that are not seen at a look. */
export function toHiddenShare(examples: number, skills: number): number {
  return MOST_HIDDEN * Math.min(1, (FEW_EXAMPLES * skills) / Math.max(1, examples));
}

/** Of an example it is shown, hides some features and strengthens the others as much, until it is shown again. */
function toHiding(packed: Packed, share: number, seed: number): (number: number) => void {
  const whole = packed.values.slice();
  const strength = 1 / (1 - share);
  const hidden = share * 2 ** 32;
  let state = seed;
  return (number) => {
    const end = startOf(packed, number + 1);
    for (let at = startOf(packed, number); at < end; at++) {
      state = toNext(state);
      packed.values[at] = state < hidden ? 0 : (whole[at] ?? 0) * strength;
    }
  };
}

const SEEDS_APART = 7_919;

/** What is to be done before a look at an example. */
export function toShowing(
  parts: readonly Packed[],
  hidden: number,
  training: number,
): (number: number) => void {
  if (hidden === 0) return () => {};
  const each = parts.map((part) => toHiding(part, hidden, 1 + SEEDS_APART * training));
  return (number) => {
    for (const show of each) show(number);
  };
}
