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

export function asksForeignEffect(
  words: readonly string[],
  model: { vocabulary: Vocabulary; weights: Weights },
  skill: number,
): boolean {
  if (QUESTION_WORDS.has(words[0] ?? "")) return false;
  return words.slice(0, HEAD_WORDS).some((word, at) => {
    if (!VERBS.has(word) || DETERMINERS.has(words[at - 1] ?? "")) return false;
    const isKnown = (key: number): boolean => {
      const row = findRow(model.vocabulary, key);
      return row >= 0 && findEntry(model.weights, row, skill) >= 0;
    };
    // Who says "заплатил" to a skill tells of it; "заплати" asks for it.
    const isTold =
      /[иь]$/.test(word) && toMeaning(toStem(word)) === toStem(word) && !isKnown(toEndingKey(word));
    return isTold || !isKnown(toWordKey(toTerm(word)));
  });
}
