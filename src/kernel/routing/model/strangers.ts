// A skill that does not exist: requests of foreign topics, trained against the real ones so that `write`, `turn` or `how old` speak for
// none of them. It takes part in training only and is never a candidate.
import { FOREIGN_REQUESTS, SMALL_TALK } from "../data/foreign-requests.ts";
import { backgroundShare } from "../features/background.ts";
import { toWordKey } from "../features/extract.ts";
import { toTerm } from "../text/terms.ts";
import { type Request, toRequest } from "./model.ts";

/** A skill that knows more of a request's telling words may well serve it: the request is no stranger there. */
const MOST_KNOWN = 0.5;

/** Read when an index is built for the first time. */
let foreign: readonly Request[] | undefined;
let smallTalk: readonly Request[] | undefined;

export function findStrangers(rows: readonly (Request & { readonly skill: number })[]): Request[] {
  const skillsOf = new Map<string, Set<number>>();
  for (const { words, skill } of rows) {
    for (const term of words.map(toTerm)) {
      const known = skillsOf.get(term) ?? new Set<number>();
      if (known.size === 0) skillsOf.set(term, known);
      known.add(skill);
    }
  }
  foreign ??= FOREIGN_REQUESTS.map(toRequest);
  smallTalk ??= SMALL_TALK.map(toRequest);
  const strangers = foreign.filter(({ words }) => {
    const telling = words.map(toTerm).filter((term) => backgroundShare(toWordKey(term)) === 0);
    return countBestKnown(telling, skillsOf) <= telling.length * MOST_KNOWN;
  });
  return [...strangers, ...smallTalk];
}

/** How many of the terms the skill knows that knows the most of them. */
function countBestKnown(
  terms: readonly string[],
  skillsOf: ReadonlyMap<string, ReadonlySet<number>>,
): number {
  const counts = new Map<number, number>();
  for (const term of terms)
    for (const skill of skillsOf.get(term) ?? []) counts.set(skill, (counts.get(skill) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
