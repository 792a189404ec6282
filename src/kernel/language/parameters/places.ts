// Places of a sentence in the nominative: the gazetteer, regions by their shape, and names that English grammar leaves as they are.
import { toForms } from "./declension.ts";
import { MONTHS, WEEKDAYS } from "./date-words.ts";
import { parseCurrency } from "./currencies.ts";
import type { FoundPlace } from "./found.ts";
import { PLACE_LEADS, findLead } from "./lead-words.ts";
import { AIRPORTS, AMBIGUOUS_PLACES, CITIES, REGIONS } from "./place-names.ts";
import type { Sentence } from "./sentence.ts";
import { isAttached, textAt, toNormal, toWords, wordAt } from "./sentence.ts";

const LONGEST_NAME = 4;

const names = new Map<string, string>();
/** Every form of every known place (normalised, words one space apart) -> its nominative. */
export const PLACE_NAMES: ReadonlyMap<string, string> = names;
const englishNames = new Map<string, string>();
/** The short names of a row have cases too: "из Владика", "в Ростове". */
function toShortNames(
  others: string,
  [russian, english]: readonly [string, string],
): (readonly [string, string])[] {
  const shorts = others.split(",").filter((word) => word !== "");
  return shorts.flatMap((short) =>
    /[a-z]/.test(short)
      ? [[short, english] as const]
      : [short, ...toForms(short)].map((form) => [form, russian] as const),
  );
}

for (const row of [...CITIES, ...REGIONS]) {
  const [russian = "", english = "", others = ""] = row.split("|");
  englishNames.set(russian, english);
  if (english !== "") names.set(toNormal(english).replaceAll("-", " "), english);
  const forms = toForms(toNormal(russian)).map((form) => [form, russian] as const);
  for (const [form, name] of [...forms, ...toShortNames(others, [russian, english])])
    if (!names.has(form)) names.set(form, name);
}

interface PlaceMatch {
  readonly isKnown?: boolean;
  readonly name: string;
  readonly end: number;
}

/** "Нижнем Новгороде", "санкт-петербург", "New York": the longest name that starts here. */
function parseKnown(sentence: Sentence, at: number): PlaceMatch | undefined {
  let key = "";
  let best: PlaceMatch | undefined;
  let index = at;
  for (let count = 0; count < LONGEST_NAME; count += 1) {
    if (count > 0 && /^[-.]$/.test(textAt(sentence, index)) && isAttached(sentence, index)) index += 1;
    const word = wordAt(sentence, index);
    if (word === "") break;
    key = key === "" ? word : `${key} ${word}`;
    index += 1;
    const name = names.get(key);
    if (name !== undefined) best = { name, end: index };
  }
  return best;
}

/** "SVO - KGD": the name in the language of the request. */
function parseCode(sentence: Sentence, at: number): PlaceMatch | undefined {
  const city = AIRPORTS.get(toWords(sentence, { start: at, end: at + 1 }));
  if (city === undefined || sentence.source === sentence.source.toUpperCase()) return undefined;
  const isRussian = /\p{Script=Cyrillic}/u.test(sentence.normal);
  return { name: isRussian ? city : (englishNames.get(city) ?? city), end: at + 1 };
}

function toCapital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** "в Московской области", "Краснодарского края", "Ленинградская обл.": the adjective tells the nominative. */
function parseRegion(sentence: Sentence, at: number): PlaceMatch | undefined {
  const kind = wordAt(sentence, at + 1);
  const adjective = /^(\p{L}{3,}[сц]к)(?:ая|ой|ую|ий|ого|ому|им|ом)$/u.exec(wordAt(sentence, at))?.[1];
  if (adjective === undefined) return undefined;
  if (/^(?:область|области|областью|обл)$/.test(kind))
    return { name: `${toCapital(adjective)}ая область`, end: at + 2 };
  return /^(?:край|края|краю|крае|краем)$/.test(kind)
    ? { name: `${toCapital(adjective)}ий край`, end: at + 2 }
    : undefined;
}

function isRegionWord(sentence: Sentence, at: number): boolean {
  return /^(?:region|oblast|krai|province)$/.test(wordAt(sentence, at));
}

/** "Moscow region", "Krasnodar Krai". */
function parseEnglishRegion(sentence: Sentence, known: PlaceMatch): PlaceMatch {
  const isRegion = isRegionWord(sentence, known.end) && /[a-z]/i.test(known.name);
  if (!isRegion) return known;
  const end = known.end + 1;
  // A region is named after the river's town without its river.
  const name = known.name.replace(/-on-\w+$/, "");
  return { name: `${name} ${toWords(sentence, { start: known.end, end })}`, end };
}

function isCapital(sentence: Sentence, at: number): boolean {
  const token = sentence.tokens[at];
  return token?.kind === "word" && /^\p{Lu}/u.test(sentence.source.slice(token.start, token.end));
}

const NO_PLACES = new Set(
  "english russian german french chinese excel word pdf telegram whatsapp google yandex i economy business first july monday rubles excel csv json usd eur rub".split(
    " ",
  ),
);

/** A capitalised name that the gazetteer lacks, only behind a preposition of place; in Russian only where the ending is certain. */
function parseUnknown(sentence: Sentence, at: number): PlaceMatch | undefined {
  const lead = findLead(sentence, at, PLACE_LEADS);
  if (lead === undefined || !isCapital(sentence, at)) return undefined;
  const russian = /^(\p{L}+(?:ск|град|бург|город))(?:а|у|ом|е)?$/u.exec(wordAt(sentence, at))?.[1];
  if (russian !== undefined) return { name: toCapital(russian), end: at + 1 };
  let end = at;
  while (end < at + 3 && isCapital(sentence, end) && isEnglishName(sentence, end)) end += 1;
  if (end === at || lead.phrase.join(" ") === "for") return undefined;
  if (isRegionWord(sentence, end)) end += 1;
  return { name: toWords(sentence, { start: at, end }), end, isKnown: false };
}

function isEnglishName(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  return (
    /^[a-z']{3,}$/.test(word) &&
    !MONTHS.has(word) &&
    !WEEKDAYS.has(word) &&
    !NO_PLACES.has(word) &&
    parseCurrency(sentence, at) === undefined
  );
}

function parseName(sentence: Sentence, at: number): PlaceMatch | undefined {
  const known = parseKnown(sentence, at);
  return (
    parseRegion(sentence, at) ??
    (known && parseEnglishRegion(sentence, known)) ??
    parseCode(sentence, at) ??
    parseUnknown(sentence, at)
  );
}

/** "орел летит": a common word, small, without a preposition of place. */
function isCommonWord(sentence: Sentence, at: number, end: number): boolean {
  const isAmbiguous = AMBIGUOUS_PLACES.has(wordAt(sentence, at)) && end === at + 1;
  return isAmbiguous && !isCapital(sentence, at) && findLead(sentence, at, PLACE_LEADS) === undefined;
}

function parsePlace(sentence: Sentence, at: number): FoundPlace | undefined {
  const match = parseName(sentence, at);
  if (match === undefined || isCommonWord(sentence, at, match.end)) return undefined;
  // "г. Москва"
  const isTown = textAt(sentence, at - 1) === "." && wordAt(sentence, at - 2) === "г";
  const start = isTown ? at - 2 : at;
  const lead = findLead(sentence, start, PLACE_LEADS);
  const span = { start: at, end: match.end };
  const isKnown = match.isKnown ?? true;
  return {
    kind: "place",
    name: match.name,
    isKnown,
    span,
    leadStart: lead?.start ?? start,
    role: lead?.role,
  };
}

export function findPlaces(sentence: Sentence, isFree: (index: number) => boolean): FoundPlace[] {
  const found: FoundPlace[] = [];
  for (let at = 0; at < sentence.tokens.length; at += 1) {
    const place = isFree(at) ? parsePlace(sentence, at) : undefined;
    if (place === undefined) continue;
    found.push(place);
    at = place.span.end - 1;
  }
  return found;
}

/** A place given explicitly: the nominative where the name is known, otherwise as it was written. */
export function parsePlaceName(sentence: Sentence): string {
  const match = parseKnown(sentence, 0) ?? parseRegion(sentence, 0);
  return match?.end === sentence.tokens.length ? match.name : sentence.source.trim();
}
