// Slips of the finger in the words of values: "500 долларв", "в Екатеринбруг", "2 тысчи", "размр 2". A word is mended only where nobody
// knows it as it stands, and only towards what may stand there: a measure behind a number, a place behind its preposition.
import { CURRENCY_CODES, parseCurrency, toCurrencyWords } from "./currencies.ts";
import { CALENDAR_UNITS, MONTHS, RELATIVE_DAYS, WEEKDAYS } from "./date-words.ts";
import type { FieldPlan } from "./field-plans.ts";
import { hasType, isCurrencyPlan } from "./field-plans.ts";
import { PLACE_LEADS, findLead } from "./lead-words.ts";
import { SCALES, SPELLED_NUMBERS } from "./number-words.ts";
import { toStem } from "./phrase.ts";
import { PLACE_NAMES } from "./places.ts";
import { isFunctionWord, isRoutingNoun, isRoutingVerb } from "./routing-words.ts";
import type { Sentence } from "./sentence.ts";
import { textAt, wordAt } from "./sentence.ts";
import { isOneSlip } from "./spelling.ts";
import { UNIT_WORDS, parseUnit } from "./units.ts";

/** In shorter words one letter makes another word. */
const SHORTEST = 5;
const ENDINGS = "|а|у|ом|е|ы|ов|ам|ами|ах|я|ю|ем|и|ей|ям|ями|ях".split("|");

interface Word {
  readonly text: string;
  /** Doubled letters are one slip more than they look: "киллограм". */
  readonly single: string;
}

/** Words by their first letter: a slip leaves that as it is. */
type Vocabulary = ReadonlyMap<string, readonly Word[]>;

function toSingle(word: string): string {
  return word.replace(/(.)\1/gu, "$1");
}

function toVocabulary(words: Iterable<string>): Vocabulary {
  const long = new Set([...words].filter((word) => word.length >= SHORTEST && /^\p{L}+$/u.test(word)));
  const all = [...long].map((text) => ({ text, single: toSingle(text) }));
  return Map.groupBy(all, ({ text }) => text[0] ?? "");
}

/** "рубль" in its cases; more forms than there are match nothing. */
function toForms(word: string): string[] {
  if (/^[a-z]/.test(word)) return [word, `${word}s`];
  const stem = toStem(word);
  return [word, ...ENDINGS.map((ending) => stem + ending).filter((form) => toStem(form) === stem)];
}

function toCurrencyForms(): string[] {
  return CURRENCY_CODES.flatMap(toCurrencyWords)
    .filter((word) => !word.includes(" "))
    .flatMap(toForms);
}

interface Vocabularies {
  readonly currencies: Vocabulary;
  readonly measures: Vocabulary;
  readonly numbers: Vocabulary;
  readonly places: Vocabulary;
  readonly placeWords: ReadonlySet<string>;
}

let known: Vocabularies | undefined;

/** Made when the first unknown word is met: most requests have none. */
function toVocabularies(): Vocabularies {
  const currencies = toCurrencyForms();
  const placeWords = new Set([...PLACE_NAMES.keys()].flatMap((name) => name.split(" ")));
  return {
    currencies: toVocabulary(currencies),
    measures: toVocabulary([...currencies, ...SCALES.keys(), ...UNIT_WORDS.flatMap(toForms)]),
    numbers: toVocabulary(SPELLED_NUMBERS.keys()),
    places: toVocabulary(placeWords),
    placeWords,
  };
}

/** The farthest two words of one sound are in length: "киллограмм" and "килограм". */
const MOST_DOUBLED = 2;

function findSlip(word: string, vocabulary: Vocabulary): string | undefined {
  const all = vocabulary.get(word[0] ?? "") ?? [];
  const near = all.filter(({ text }) => Math.abs(text.length - word.length) <= MOST_DOUBLED);
  const slip = near.find(({ text }) => isOneSlip(word, text));
  if (slip !== undefined) return slip.text;
  const single = toSingle(word);
  return near.find((one) => one.single === single)?.text;
}

interface Scene {
  readonly sentence: Sentence;
  readonly plans: readonly FieldPlan[];
  readonly hasPlaces: boolean;
  readonly hasCurrencies: boolean;
}

const TABLES = [CALENDAR_UNITS, MONTHS, RELATIVE_DAYS, WEEKDAYS, SCALES, SPELLED_NUMBERS];

/** "Липецкой области", "threes" */
function isInflected(word: string): boolean {
  return SPELLED_NUMBERS.has(word.replace(/s$/, "")) || /[сц]к(?:ая|ой|ую|ий|ого|ому|им|ом)$/.test(word);
}

function isKnown({ sentence, plans }: Scene, at: number): boolean {
  const word = wordAt(sentence, at);
  // "minus" is one slip from "mins".
  if (/^(?:minus|plus|минус|плюс)$/.test(word)) return true;
  if (isFunctionWord(word) || isRoutingVerb(word) || isRoutingNoun(word)) return true;
  if (TABLES.some((one) => one.has(word))) return true;
  if (parseUnit(word) !== undefined || parseCurrency(sentence, at) !== undefined) return true;
  if (isInflected(word)) return true;
  known ??= toVocabularies();
  return (
    known.placeWords.has(word) || plans.some((plan) => plan.cues.some((cue) => cue.includes(toStem(word))))
  );
}

function isCapital({ source, tokens }: Sentence, at: number): boolean {
  return at > 0 && /^\p{Lu}/u.test(source.charAt(tokens[at]?.start ?? 0));
}

/** Behind a preposition, beside a dash, or with a capital where no sentence begins. */
function isOfPlace({ sentence, hasPlaces }: Scene, at: number): boolean {
  if (!hasPlaces) return false;
  const isLed = findLead(sentence, at, PLACE_LEADS) !== undefined;
  const isPaired = [at - 1, at + 1].some((index) => /^[-—→>]$/u.test(textAt(sentence, index)));
  const isLong = wordAt(sentence, at).length > SHORTEST;
  return isCapital(sentence, at) ? isLed || isPaired || isLong : (isLed || isPaired) && isLong;
}

function isBehindNumber({ sentence }: Scene, at: number): boolean {
  // "3-х чловек"
  const isEnding = textAt(sentence, at - 2) === "-" && /^(?:х|ух|ех|ти|мя)$/.test(wordAt(sentence, at - 1));
  const before = wordAt(sentence, at - 1);
  return (
    isEnding ||
    sentence.tokens[at - 1]?.kind === "number" ||
    SPELLED_NUMBERS.has(before) ||
    SCALES.has(before)
  );
}

function isOfCurrency({ sentence, hasCurrencies }: Scene, at: number): boolean {
  return (
    hasCurrencies && /^(?:в|во|на|in|to|into|of|и|and|курс|rate|many|сколько)$/.test(wordAt(sentence, at - 1))
  );
}

/** What the word may have been meant to be; whether it is a word of its own is looked at last, because most words are like none. */
function findMeant(scene: Scene, at: number): string | undefined {
  const word = wordAt(scene.sentence, at);
  known ??= toVocabularies();
  if (isBehindNumber(scene, at)) return findSlip(word, known.measures);
  const slip = isOfCurrency(scene, at) ? findSlip(word, known.currencies) : undefined;
  if (slip !== undefined) return slip;
  if (isOfPlace(scene, at)) return findSlip(word, known.places);
  const number = word.length > SHORTEST ? findSlip(word, known.numbers) : undefined;
  return number ?? mendCue(scene, word);
}

function mend(scene: Scene, at: number): string | undefined {
  if (wordAt(scene.sentence, at).length < SHORTEST) return undefined;
  const meant = findMeant(scene, at);
  return meant === undefined || isKnown(scene, at) ? undefined : meant;
}

/** "размр 2", "5 сылок": the words that point at a field. */
function mendCue({ plans }: Scene, word: string): string | undefined {
  const words = plans.flatMap((plan) => plan.words);
  return words.find((one) => one.length > SHORTEST && !one.includes(" ") && isOneSlip(word, one));
}

/** The sentence as its values were meant; its tokens stay where they are, and its source is what was written. */
export function mendValues(sentence: Sentence, plans: readonly FieldPlan[]): Sentence {
  const scene = {
    sentence,
    plans,
    hasPlaces: hasType(plans, "place"),
    hasCurrencies: plans.some(isCurrencyPlan),
  };
  const tokens = sentence.tokens.map((token, at) => {
    const text = token.kind === "word" ? mend(scene, at) : undefined;
    return text === undefined ? token : { ...token, text };
  });
  return tokens.some((token, at) => token !== sentence.tokens[at]) ? { ...sentence, tokens } : sentence;
}
