// Which found value goes to which field: the best evidence first; where two are equally good, neither, and the field is asked for.
import type { FieldPlan } from "./field-plans.ts";
import type { Found } from "./found.ts";

export interface Pair {
  readonly plan: FieldPlan;
  readonly found: Found;
  readonly score: number;
}

function isRival(one: Pair, other: Pair): boolean {
  return one !== other && (one.plan === other.plan || one.found === other.found);
}

export function decidePairs(pairs: readonly Pair[]): Pair[] {
  const decided: Pair[] = [];
  let left = [...pairs];
  while (left.length > 0) {
    const top = Math.max(...left.map((pair) => pair.score));
    const best = left.filter((pair) => pair.score === top);
    const sure = best.filter((pair) => !best.some((other) => isRival(pair, other)));
    const unsure = best.filter((pair) => !sure.includes(pair));
    decided.push(...sure);
    // A field with two equal values and a value with two equal fields are both out, and so is what they would take next.
    left = left.filter(
      (pair) =>
        !sure.some((one) => isRival(pair, one)) &&
        !best.includes(pair) &&
        !unsure.some((one) => isOut(pair, one, unsure)),
    );
  }
  return decided;
}

function isOut(pair: Pair, one: Pair, unsure: readonly Pair[]): boolean {
  const isFieldTorn = unsure.some((other) => other !== one && other.plan === one.plan);
  const isValueTorn = unsure.some((other) => other !== one && other.found === one.found);
  return (isFieldTorn && pair.plan === one.plan) || (isValueTorn && pair.found === one.found);
}
