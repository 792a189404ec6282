// A request as the catalogue would spell it: mended towards the words it knows, in either language. It never finds a skill.
import { backgroundShare } from "../features/background.ts";
import { toFeatures, toWordKey } from "../features/extract.ts";
import { findRow } from "../features/vocabulary.ts";
import { findTableRow, type WordTable } from "../features/word-table.ts";
import { normalise } from "../text/normalise.ts";
import { mendSlips } from "../text/slips.ts";
import { toStem } from "../text/stem.ts";
import { isKind, toMeaning, toTerm } from "../text/terms.ts";
import { findTwins } from "../text/twins.ts";
import { mendTypo } from "../text/typos.ts";
import type { Model, Request } from "./model.ts";

/** Looking for typing errors takes most of the time of a request of unknown words; a long text is not typed by hand. */
const MENDED_WORDS = 24;
/** From this share of known words on a request is in a language that the catalogue speaks. */
const MOSTLY_KNOWN = 0.5;
/** Of words with several meanings. */
const MOST_TWINS = 2;

/** A request as the catalogue would spell it: slips of the keyboard are mended where it knows the word meant. */
export function toMendedRequest(text: string, model: Model): Request {
  const { vocabulary } = model;
  const countTerm = (term: string): number => {
    const key = toWordKey(term);
    const row = findRow(vocabulary, key);
    return row >= 0 ? (vocabulary.frequencies[row] ?? 0) : backgroundShare(key);
  };
  const countStem = (stem: string): number => countTerm(toMeaning(stem));
  const isHeard = (word: string): boolean => isOfSomeSkill(model, toTerm(word));
  const typed = mendSlips(normalise(text), (word) => countTerm(toTerm(word)) > 0);
  const words = isOfItsLanguage(typed, isHeard)
    ? typed
    : typed.flatMap((word) => (isHeard(word) ? word : toHeardTwins(word, isHeard)));
  const terms = words.map((word, at) => {
    const term = toTerm(word);
    const isKnown =
      at >= MENDED_WORDS || isKind(term) || countTerm(term) > 0 || isWord(vocabulary.table, term);
    return isKnown ? term : toMeaning(mendTypo(toStem(word), countStem));
  });
  return { words, features: toFeatures(words, terms) };
}

/** It knows most words as they are: then one more is foreign to it, whatever it means in the other language. */
function isOfItsLanguage(words: readonly string[], isHeard: (word: string) => boolean): boolean {
  const known = words.filter((word) => isHeard(word) || isKind(toTerm(word)));
  return known.length >= MOSTLY_KNOWN * words.length;
}

/** As much of a word as the catalogue knows in the other language; the word itself if it knows nothing of it. */
function toHeardTwins(word: string, isHeard: (word: string) => boolean): readonly string[] {
  const heard = findTwins(word).filter(isHeard).slice(0, MOST_TWINS);
  return heard.length > 0 ? heard : [word];
}

/** Strangers know it too, but nothing can be found by that. Theirs is the last number. */
function isOfSomeSkill({ vocabulary, weights, meaning }: Model, term: string): boolean {
  const row = findRow(vocabulary, toWordKey(term));
  const strangers = meaning.values.length / meaning.size - 1;
  return row >= 0 && (weights.skills[weights.starts[row] ?? 0] ?? strangers) < strangers;
}

/** A word of its own, though the catalogue has a similar one: `опусти` is no slip of `пусть`. */
function isWord(table: WordTable | undefined, term: string): boolean {
  return table !== undefined && findTableRow(table, toWordKey(term)) >= 0;
}
