// What a change of the registry means for an index: which of its skills stay as they are, and which are to be learnt.
import type { IndexedSkill } from "../index-type.ts";

/** Skills are known by their numbers, which follow their ids. */
export interface Changes {
  /** Number before -> number now, or -1: gone, or it says something else now. The last is that of the strangers. */
  readonly numberOf: Int32Array;
  /** Numbers now, ascending. */
  readonly fresh: readonly number[];
}

export function toChanges(before: readonly IndexedSkill[], now: readonly IndexedSkill[]): Changes {
  const numberOf = new Int32Array(before.length + 1).fill(-1);
  numberOf[before.length] = now.length;
  const numbersBefore = new Map(before.map(({ id }, number) => [id, number]));
  const fresh: number[] = [];
  now.forEach((skill, number) => {
    const earlier = numbersBefore.get(skill.id) ?? -1;
    const known = before[earlier];
    if (known && saysTheSame(known, skill)) numberOf[earlier] = number;
    else fresh.push(number);
  });
  return { numberOf, fresh };
}

/** Tags and demerits are read when a request is answered: nothing is learnt from them but the words of tags, which the name has. */
function saysTheSame(one: IndexedSkill, other: IndexedSkill): boolean {
  return (
    isSame(one.requests, other.requests) &&
    isSame(one.counters, other.counters) &&
    isSame(one.self.descriptions, other.self.descriptions) &&
    one.self.name === other.self.name &&
    one.self.inputs === other.self.inputs
  );
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, at) => text === other[at]);
}
