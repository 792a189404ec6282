// Days named by their number: "21.11.2026", "21 ноября", "November 21", "3 числа".
import type { Day } from "../../domain/civil.ts";
import { toCivil } from "../../domain/civil.ts";
import { parseCivil, toMonthStart } from "./calendar.ts";
import { MONTHS } from "./date-words.ts";
import { isFunctionWord } from "./routing-words.ts";
import type { Sentence } from "./sentence.ts";
import { isAttached, textAt, wordAt } from "./sentence.ts";
import type { Calendar, TimeMatch, TimeRule } from "./time-rule.ts";
import { intAt, isMeasured, parseDay, parseYear, toDayMatch, toNearest } from "./time-rule.ts";

/** "01.12-15.12" */
function isDashedPair(sentence: Sentence, at: number): boolean {
  return (
    /^[-—]$/.test(textAt(sentence, at + 1)) &&
    /^\d{1,2}\.(?:0[1-9]|1[0-2])(?:\.|$)/.test(textAt(sentence, at + 2))
  );
}

/** "18 тысяч, упаковка, 12.11", "2990 р 18.11": alone behind a comma or a measure, and not the only number. */
function isListed(sentence: Sentence, at: number): boolean {
  const isBehind = textAt(sentence, at - 1) === "," || isMeasured(sentence, at - 1);
  const isAlone = isBehind && (at + 1 >= sentence.tokens.length || textAt(sentence, at + 1) === ",");
  return isAlone && sentence.tokens.some(({ kind }, index) => kind === "number" && index !== at);
}

/** 21.11.2026, 21.11.26; without a year only after "на", "до", "с" and the like: 21.11 is also a price. */
const dotted: TimeRule = ({ sentence, ...rest }, at) => {
  const text = textAt(sentence, at);
  const full = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$/.exec(text);
  if (full) {
    const year = Number(full[3]);
    return toDayMatch(at + 1, parseCivil(year < 100 ? 2000 + year : year, Number(full[2]), Number(full[1])));
  }
  const short = /^(\d{1,2})\.(0[1-9]|1[0-2])$/.exec(text);
  const isLed =
    /^(?:на|до|с|со|от|по|за|к|on|until|till|from|by|before|after|-|—)$/.test(textAt(sentence, at - 1)) ||
    isDashedPair(sentence, at) ||
    isListed(sentence, at) ||
    !rest.hasAmounts;
  if (!short || !isLed || isMeasured(sentence, at + 1)) return undefined;
  return toDayMatch(at + 1, toNearest({ sentence, ...rest }, Number(short[2]), Number(short[1])), true);
};

/** Two digits each, for "24/7" and "1/2" are no days. */
function parseSlashed(sentence: Sentence, at: number): readonly [first: number, second: number] | undefined {
  const isPair =
    textAt(sentence, at + 1) === "/" && isAttached(sentence, at + 1) && isAttached(sentence, at + 2);
  const texts = [textAt(sentence, at), textAt(sentence, at + 2)];
  const isShort = texts.every((text) => /^\d\d$/.test(text)) && textAt(sentence, at + 3) !== "/";
  return isPair && isShort ? [Number(texts[0]), Number(texts[1])] : undefined;
}

/** "12/12", "25/12", "12/25"; where both orders are possible in English, nobody can know. */
const slashed: TimeRule = (calendar, at) => {
  const pair = parseSlashed(calendar.sentence, at);
  if (pair === undefined) return undefined;
  const [first, second] = pair;
  const isEnglish = !/\p{Script=Cyrillic}/u.test(calendar.sentence.normal);
  const [day, month] = isEnglish && second > 12 ? [second, first] : [first, second];
  const isEither = isEnglish && first !== second && day <= 12;
  return isEither || month > 12 || day > 31
    ? undefined
    : toDayMatch(at + 3, toNearest(calendar, month, day), true);
};

function isJoined(sentence: Sentence, at: number, mark: string): boolean {
  return (
    [at + 1, at + 3].every((index) => textAt(sentence, index) === mark) &&
    [at + 1, at + 2, at + 3, at + 4].every((index) => isAttached(sentence, index))
  );
}

type Parts = readonly [first: number, second: number, third: number];

/** Day first, except in English where both orders are possible: nobody can know, so "5/12/2026" is no date there. */
function parseParts([first, second, third]: Parts, isAmericanToo: boolean): Day | undefined {
  if (first > 1900) return parseCivil(first, second, third);
  if (second > 12) return parseCivil(third, first, second);
  return isAmericanToo && first <= 12 && first !== second ? undefined : parseCivil(third, second, first);
}

/** 2026-11-21, 21-11-2026, 21/11/2026. */
const joined: TimeRule = ({ sentence }, at) => {
  const isSlash = isJoined(sentence, at, "/");
  if (!isSlash && !isJoined(sentence, at, "-")) return undefined;
  const numberAt = (index: number): number => intAt(sentence, index) ?? 0;
  const parts = [numberAt(at), numberAt(at + 2), numberAt(at + 4)] as const;
  if (Math.max(parts[0], parts[2]) < 1900) return undefined;
  const isEnglish = !/\p{Script=Cyrillic}/u.test(sentence.normal);
  return toDayMatch(at + 5, parseParts(parts, isSlash && isEnglish));
};

function toDated(calendar: Calendar, date: { month: number; day: number }, end: number): TimeMatch {
  const year = parseYear(calendar, end);
  if (year) return toDayMatch(year.end, parseCivil(year.year, date.month, date.day));
  return toDayMatch(end, toNearest(calendar, date.month, date.day), true);
}

/** "21 ноября 2026 года", "21st of November". */
const dayMonth: TimeRule = (calendar, at) => {
  const { sentence } = calendar;
  const found = parseDay(sentence, at);
  if (found === undefined) return undefined;
  const { day, end: next } = found;
  const index = wordAt(sentence, next) === "of" ? next + 1 : next;
  const month = MONTHS.get(wordAt(sentence, index));
  if (month === undefined) return undefined;
  const end = textAt(sentence, index + 1) === "." && parseYear(calendar, index + 2) ? index + 2 : index + 1;
  return toDated(calendar, { month, day }, end);
};

/** The dot of "Nov." */
function isDotOf(sentence: Sentence, at: number): boolean {
  return textAt(sentence, at) === "." && isAttached(sentence, at) && wordAt(sentence, at - 1).length <= 4;
}

/** "November 21, 2026". The number must not count something: "in December 5 people". */
const monthDay: TimeRule = (calendar, at) => {
  const { sentence } = calendar;
  const month = MONTHS.get(wordAt(sentence, at));
  // "Nov. 25", "December the 5th"
  const isSkipped = wordAt(sentence, at + 1) === "the" || isDotOf(sentence, at + 1);
  const index = isSkipped ? at + 2 : at + 1;
  const found = parseDay(sentence, index);
  if (month === undefined || found === undefined || !/^[a-z]/.test(wordAt(sentence, at))) return undefined;
  const { day, end } = found;
  return isMeasured(sentence, end) ? undefined : toDated(calendar, { month, day }, end);
};

function toNearestDay({ today, isPast }: Calendar, day: number): Day | undefined {
  return [0, 1, 2]
    .map((step) => toMonthStart(today, isPast ? -step : step) + day - 1)
    .filter((candidate) => toCivil(candidate).day === day)
    .find((candidate) => (isPast ? candidate <= today : candidate >= today));
}

/** "второго из Москвы", not "второго сорта", nor "второго раза": nothing that an ordinal could belong to follows. */
function isLoneOrdinal(sentence: Sentence, at: number, end: number): boolean {
  const isGenitive = wordAt(sentence, end - 1).endsWith("го");
  return isGenitive && wordAt(sentence, at - 1) !== "для" && !isNoun(sentence, end);
}

function isNoun(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  return (
    word !== "" &&
    !isFunctionWord(word) &&
    !/^(?:утром|вечером|днем|ночью|домой|обратно|назад|(?:вы|у|съ)езжа(?:ем|ю|ет)|улета(?:ем|ю|ет))$/.test(
      word,
    )
  );
}

/** "3 числа", "on the 15th", "вылет второго": the nearest such day of a month. */
const dayOfMonth: TimeRule = (calendar, at) => {
  const { sentence } = calendar;
  const found = parseDay(sentence, at);
  if (found === undefined) return undefined;
  const { day, end, isOrdinal } = found;
  const isNamed = /^(?:числа|число)$/.test(wordAt(sentence, end));
  const isEnglish =
    isOrdinal &&
    wordAt(sentence, at - 1) === "the" &&
    /^(?:on|from|to|until|till|by|before|after|since|return|returning|back)$/.test(wordAt(sentence, at - 2));
  // "обратно 27": days are counted there, not goods.
  const isReturn = /^(?:обратно|назад|back|returning|return)$/.test(wordAt(sentence, at - 1));
  const isLone = isLoneOrdinal(sentence, at, end) || (isReturn && !isNoun(sentence, end));
  if (!isNamed && !isEnglish && !isLone) return undefined;
  return toDayMatch(isNamed ? end + 1 : end, toNearestDay(calendar, day));
};

export const ABSOLUTE_RULES: readonly TimeRule[] = [dotted, joined, slashed, dayMonth, monthDay, dayOfMonth];
