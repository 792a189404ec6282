// What a Russian word is in English, and the other way round, for a catalogue that knows it in the other language only.
import { RUSSIAN_WORDS } from "../data/russian-words.ts";
import { toTerm } from "./terms.ts";

/** Words that begin with the same letters are read together, when one of them is first looked for: to read all takes as long as a hundred requests. */
const HEAD = 2;

interface Entry {
  readonly word: string;
  readonly twins: readonly string[];
}

type Twins = ReadonlyMap<string, readonly string[]>;

let entries: ReadonlyMap<string, readonly Entry[]> | undefined;
/** Head -> term -> words of the other language. */
const read = new Map<string, Twins>();

/** The words of the other language for a word, most usual first; none for most. */
export function findTwins(word: string): readonly string[] {
  const term = toTerm(word);
  return twinsFor(word).get(term) ?? twinsFor(term).get(term) ?? [];
}

function twinsFor(text: string): Twins {
  const head = text.slice(0, HEAD);
  const known = read.get(head);
  if (known) return known;
  entries ??= toEntries();
  const found = new Map<string, string[]>();
  for (const { word, twins } of entries.get(head) ?? []) {
    const term = toTerm(word);
    const before = found.get(term);
    if (!before) found.set(term, [...twins]);
    else before.push(...twins.filter((twin) => !before.includes(twin)));
  }
  if (entries.has(head)) read.set(head, found);
  return found;
}

function toEntries(): ReadonlyMap<string, readonly Entry[]> {
  const found = new Map<string, Entry[]>();
  const add = (word: string, twins: readonly string[]): void => {
    const head = word.slice(0, HEAD);
    const others = found.get(head);
    if (others) others.push({ word, twins });
    else found.set(head, [{ word, twins }]);
  };
  for (const line of RUSSIAN_WORDS.split(";")) {
    const [russian = [], english = []] = line.split("=").map((side) => side.trim().split(" "));
    for (const word of russian) add(word, english);
    const [only, ...others] = english;
    // `turn off` is two words: neither of them alone is what the Russian word says.
    if (only !== undefined && others.length === 0) add(only, russian.slice(0, 1));
  }
  return found;
}
