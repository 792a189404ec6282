// Does a request begin by asking for a change that the skill's own words never mention? It never looks at the rest of the request.
import { EFFECT_VERBS } from "../data/effect-verbs.ts";
import { toEndingKey, toWordKey } from "../features/extract.ts";
import { findRow, type Vocabulary } from "../features/vocabulary.ts";
import { findEntry, type Weights } from "../model/weights.ts";
import { toStem } from "../text/stem.ts";
import { toMeaning, toTerm } from "../text/terms.ts";

/** As people ask, not by stem: `заплати` is a wish, `заплатит` and `заплатил` tell of somebody. */
const VERBS = new Set(
  EFFECT_VERBS.trim()
    .split(/\s+/)
    .flatMap((verb) => (/[иь]$/.test(verb) ? [verb, `${verb}те`] : [verb])),
);
/** `could you please cancel`: later verbs are seldom the request. */
const HEAD_WORDS = 4;
/** After these, `order` and `play` are nouns. */
const DETERMINERS = new Set("a an the my your our this that his her their its any no some of".split(" "));
/** `how much is it to deliver 25 kg` asks for a figure, not for a delivery. */
const QUESTION_WORDS = new Set(
  "how what whats which when where why who is are сколько как какой какая какие когда где что кто почему почем какую каков".split(
    " ",
  ),
);

interface Known {
  readonly vocabulary: Vocabulary;
  readonly weights: Weights;
}

function isKnown({ vocabulary, weights }: Known, skill: number, key: number): boolean {
  const row = findRow(vocabulary, key);
  return row >= 0 && findEntry(weights, row, skill) >= 0;
}

/** The wishes that the request may begin with. */
function findWishes(words: readonly string[]): string[] {
  if (QUESTION_WORDS.has(words[0] ?? "")) return [];
  return words
    .slice(0, HEAD_WORDS)
    .filter((word, at) => VERBS.has(word) && !DETERMINERS.has(words[at - 1] ?? ""));
}

export function asksForeignEffect(words: readonly string[], model: Known, skill: number): boolean {
  return findWishes(words).some((word) => !isKnown(model, skill, toWordKey(toTerm(word))));
}

/** Who says "заплатил" to a skill tells of it; "заплати" asks for it. Words that mean the same have other letters, and tell nothing here. */
export function asksForeignForm(words: readonly string[], model: Known, skill: number): boolean {
  return findWishes(words).some((word) => {
    const stem = toStem(word);
    return /[иь]$/.test(word) && toMeaning(stem) === stem && !isKnown(model, skill, toEndingKey(word));
  });
}
