// What a word counts as: the kind of value it names (a place, a day, a currency, a person, a number), what it means together with its synonyms,
// or its stem. `Perm` and `Omsk` say the same about the topic of a request, and so do `freight` and `доставка`.
import { CURRENCY_CODES, toCurrencyWords } from "../../language/parameters/currencies.ts";
import { AMBIGUOUS_MONTHS, MONTHS, RELATIVE_DAYS, WEEKDAYS } from "../../language/parameters/date-words.ts";
import { toForms } from "../../language/parameters/declension.ts";
import { SPELLED_NUMBERS } from "../../language/parameters/number-words.ts";
import { AMBIGUOUS_PLACES } from "../../language/parameters/place-names.ts";
import { PLACE_NAMES } from "../../language/parameters/places.ts";
import { FIRST_NAMES } from "../data/first-names.ts";
import { SYNONYMS } from "../data/synonyms.ts";
import { normalise, NUMBER } from "./normalise.ts";
import { toStem } from "./stem.ts";

const PLACE = "placename";
const DAY = "dayname";
const CURRENCY = "currencyname";
const PERSON = "personname";
export const EVERYDAY_KINDS: readonly string[] = [PLACE, DAY, CURRENCY, NUMBER];
const KINDS: ReadonlySet<string> = new Set([...EVERYDAY_KINDS, PERSON]);

/** Of a name of several words the last one stands for it, when it is long enough to be no common word. */
const SHORTEST_LAST_NAME = 5;
/** `one of them`, `half`: they count nothing. */
const NO_NUMBERS = /^(?:one|single|half|пол|од[ни].*)$/;
/** Currencies that are everyday words. */
const NO_CURRENCIES = /^(?:rand|dong|real|dolar|долар)$/;

function findPlaceWords(): string[] {
  return [...PLACE_NAMES.keys()].flatMap((name) => {
    const words = name.split(" ");
    const last = words.at(-1) ?? "";
    const isTelling = words.length === 1 || last.length >= SHORTEST_LAST_NAME;
    return isTelling && !AMBIGUOUS_PLACES.has(last) ? [last] : [];
  });
}

function findCurrencyStems(): string[] {
  const names = CURRENCY_CODES.flatMap((code) =>
    toCurrencyWords(code)
      .map(normalise)
      .filter((name) => name === code.toLowerCase() || name.length > 3),
  );
  return names.filter((name) => /^\p{L}+$/u.test(name) && !NO_CURRENCIES.test(name)).map(toStem);
}

const wordKinds = new Map<string, string>();
for (const name of FIRST_NAMES.trim().split(/\s+/))
  for (const form of toForms(name)) wordKinds.set(form, PERSON);
for (const word of findPlaceWords()) wordKinds.set(word, PLACE);
for (const names of [MONTHS, WEEKDAYS, RELATIVE_DAYS])
  for (const word of names.keys()) if (!AMBIGUOUS_MONTHS.has(word)) wordKinds.set(word, DAY);
for (const word of SPELLED_NUMBERS.keys()) if (!NO_NUMBERS.test(word)) wordKinds.set(word, NUMBER);

const meanings = new Map<string, string>();
for (const meaning of SYNONYMS.split(";")) {
  const [first = "", ...others] = meaning
    .trim()
    .split(/\s+/)
    .map((word) => toStem(normalise(word)));
  for (const stem of [first, ...others]) if (!meanings.has(stem)) meanings.set(stem, first);
}
for (const stem of findCurrencyStems()) meanings.set(stem, CURRENCY);

/** What a stem means together with its synonyms. */
export function toMeaning(stem: string): string {
  return meanings.get(stem) ?? stem;
}

export function toTerm(word: string): string {
  return wordKinds.get(word) ?? toMeaning(toStem(word));
}

/** A value, whose letters say nothing about the topic. */
export function isKind(term: string): boolean {
  return KINDS.has(term);
}
