// How much an example may teach at one look: less where its skill has many, and never all of it at once.
import { startOf, type Packed } from "./training-set.ts";
import { toChances } from "./random.ts";

/** Where some skills have forty examples and some two, each look at one of forty moves less: requests do not come by how much was written. */
const EVENNESS = 0.5;
const SLOWEST = 0.3;
const FASTEST = 2;

/** Skill -> what its steps are multiplied by. */
export function toPaces(skillOf: Uint16Array, skills: number): Float32Array {
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

/** Hides some features of an example, and strengthens the others as much. Answers how to undo it. */
export function toHiding(share: number): (packed: Packed, number: number) => () => void {
  const nextChance = toChances(1);
  const strength = 1 / (1 - share);
  return (packed, number) => {
    const seen = packed.values.subarray(startOf(packed, number), startOf(packed, number + 1));
    const whole = seen.slice();
    for (let at = 0; at < seen.length; at++)
      seen[at] = nextChance() < share ? 0 : (whole[at] ?? 0) * strength;
    return () => seen.set(whole);
  };
}
