// What people said of answers, as the router weighs it: examples for the skill that was meant, a demerit for the one that
// keeps being corrected. Nobody outvotes a tenant by repeating himself.
import type { SkillId } from "../domain/id.ts";
import { toShortHash } from "../domain/hash.ts";
import { normalise, toWords } from "./text/normalise.ts";

/** One person's last word about one request. */
export interface Saying {
  readonly user: string;
  readonly query: string;
  /** The skill it went to. Null: it was told without a run. */
  readonly chosen: SkillId | null;
  readonly expected: SkillId;
}

export interface Said {
  readonly corrections: ReadonlyMap<SkillId, readonly string[]>;
  readonly demerits: ReadonlyMap<SkillId, number>;
}

/** Requests of one person that a skill learns from; the newest count. */
const MOST_OF_ONE = 50;
/** A skill's demerit ends here: its own phrases still find it. */
const MOST_DEMERIT = 3;

/** `sayings`: oldest first. */
export function weigh(sayings: readonly Saying[]): Said {
  return { corrections: toCorrections(sayings), demerits: toDemerits(sayings) };
}

/** The same for all spellings of a request: its case, spaces, punctuation and numbers are nothing that one is right about twice. */
export function toSayingId(user: string, query: string): string {
  return toShortHash(JSON.stringify([user, toWords(normalise(query))]));
}

function toCorrections(sayings: readonly Saying[]): Map<SkillId, readonly string[]> {
  const found = new Map<SkillId, string[]>();
  const told = new Map<string, number>();
  for (const { user, query, expected } of sayings.toReversed()) {
    const voice = JSON.stringify([user, expected]);
    const count = told.get(voice) ?? 0;
    told.set(voice, count + 1);
    const texts = found.get(expected) ?? [];
    if (query !== "" && count < MOST_OF_ONE && !texts.includes(query)) found.set(expected, [...texts, query]);
  }
  return new Map([...found].map(([skill, texts]) => [skill, texts.toReversed()]));
}

/**
 * In logits. Of one person n requests that went wrong count 2 (1 - 2^-n), at most 2; who said of a request that it went right
 * takes one of his own back. The first single correction is only learnt from: what is above 1 in all is the demerit.
 */
function toDemerits(sayings: readonly Saying[]): Map<SkillId, number> {
  const wrong = new Map<SkillId, Map<string, number>>();
  for (const { user, chosen, expected } of sayings) {
    if (chosen === null) continue;
    const byUser = wrong.get(chosen) ?? new Map<string, number>();
    wrong.set(chosen, byUser.set(user, (byUser.get(user) ?? 0) + (chosen === expected ? -1 : 1)));
  }
  const demerits = [...wrong].map(([skill, byUser]): [SkillId, number] => {
    const sum = [...byUser.values()].reduce((total, n) => total + 2 * (1 - 2 ** -Math.max(0, n)), 0);
    return [skill, Math.min(MOST_DEMERIT, Math.max(0, sum - 1))];
  });
  return new Map(demerits.filter(([, demerit]) => demerit > 0));
}
