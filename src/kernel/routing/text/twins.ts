// What a Russian word is in English, and the other way round, for a catalogue that knows it in the other language only.
import { RUSSIAN_WORDS } from "../data/russian-words.ts";
import { normalise, toWords } from "./normalise.ts";
import { toTerm } from "./terms.ts";

/** Read when a word is first looked for. */
let twins: ReadonlyMap<string, readonly string[]> | undefined;

/** The words of the other language for a term, most usual first; none for most. */
export function findTwins(term: string): readonly string[] {
  twins ??= readTwins();
  return twins.get(term) ?? [];
}

function readTwins(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (term: string, words: readonly string[]): void => {
    const known = found.get(term);
    if (!known) found.set(term, [...words]);
    else known.push(...words.filter((word) => !known.includes(word)));
  };
  for (const entry of RUSSIAN_WORDS.split(";")) {
    const [russian = [], english = []] = entry.split("=").map((side) => toWords(normalise(side)));
    for (const word of russian) add(toTerm(word), english);
    const [only, ...others] = english;
    // `turn off` is two words: neither of them alone is what the Russian word says.
    if (only !== undefined && others.length === 0) add(toTerm(only), russian.slice(0, 1));
  }
  return found;
}
