// A skill that does not exist: requests of foreign topics, trained against the real ones so that `write`, `turn` or `how old` speak for
// none of them. It takes part in training only and is never a candidate.
import { FOREIGN_REQUESTS } from "../data/foreign-requests.ts";
import { backgroundShare } from "../features/background.ts";
import { toWordKey } from "../features/extract.ts";
import { toStem } from "../text/stem.ts";
import { type Request, toRequest } from "./model.ts";

/** A catalogue that knows more of a request's telling words may well serve it: the request is no stranger there. */
const MOST_KNOWN = 0.5;

/** Read when an index is built for the first time. */
let foreign: readonly Request[] | undefined;

export function findStrangers(rows: readonly Request[]): Request[] {
  const known = new Set<string>();
  for (const row of rows) for (const word of row.words) known.add(toStem(word));
  foreign ??= FOREIGN_REQUESTS.map(toRequest);
  return foreign.filter(({ words }) => {
    const telling = words.map(toStem).filter((stem) => backgroundShare(toWordKey(stem)) === 0);
    return telling.filter((stem) => known.has(stem)).length <= telling.length * MOST_KNOWN;
  });
}
