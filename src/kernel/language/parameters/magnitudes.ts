// The digits (or number words) of a quantity and their scale: "1 234,56", "1.9k", "полтора миллиона", "2 млн 500 тыс".
import { parseCurrency } from "./currencies.ts";
import { ATTACHED_SCALES, LONE_SCALES, SCALES, SPELLED_NUMBERS } from "./number-words.ts";
import type { Sentence } from "./sentence.ts";
import { isAttached, textAt, wordAt } from "./sentence.ts";
import { type Magnitude, parseSpelled } from "./spelled-numbers.ts";
import { parseUnit, toRounded } from "./units.ts";

const GROUPED_BY_COMMA = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const GROUPED_BY_DOT = /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/;
const ONE_SEPARATOR_AND_THREE_DIGITS = /^(?!0)\d{1,3}[.,]\d{3}$/;
const DECIMAL = /^\d+(?:[.,]\d+)?$/;

/**
 * "1,900" alone is a thousand and nine hundred (no price has three decimals), but "1,500 т" in a Russian sentence and
 * "1.500 kg" anywhere are one and a half: scales and quantities of goods have three decimals.
 */
export function parseDigits(text: string, isDecimalComma: boolean, isMeasured: boolean): number | undefined {
  const mayBeDecimal = text.includes(",") ? isDecimalComma : true;
  if (isMeasured && mayBeDecimal && ONE_SEPARATOR_AND_THREE_DIGITS.test(text))
    return Number(text.replace(",", "."));
  if (GROUPED_BY_COMMA.test(text)) return Number(text.replaceAll(",", ""));
  if (GROUPED_BY_DOT.test(text)) return Number(text.replaceAll(".", "").replace(",", "."));
  return DECIMAL.test(text) ? Number(text.replace(",", ".")) : undefined;
}

function isGapOfOne(sentence: Sentence, index: number): boolean {
  const before = sentence.tokens[index - 1];
  const token = sentence.tokens[index];
  return before !== undefined && token !== undefined && token.start - before.end === 1;
}

/** "1 900 000": groups of exactly three digits, one space apart. */
function parseGroups(sentence: Sentence, at: number): { text: string; end: number } {
  let text = textAt(sentence, at);
  let end = at + 1;
  if (!/^[1-9]\d{0,2}$/.test(text)) return { text, end };
  while (/^\d{3}$/.test(textAt(sentence, end)) && isGapOfOne(sentence, end)) {
    text += textAt(sentence, end);
    end += 1;
  }
  const last = textAt(sentence, end);
  if (/^\d{3}[.,]\d{1,2}$/.test(last) && isGapOfOne(sentence, end))
    return { text: text + last, end: end + 1 };
  return { text, end };
}

/** Whether goods are measured here ("1,500 т"); skips a scale's dot but not a space of words. */
function isMeasuredAt(sentence: Sentence, index: number): boolean {
  const unit = parseUnit(wordAt(sentence, index));
  return unit !== undefined && ["mass", "volume", "length"].includes(unit.dimension);
}

function parseWritten(sentence: Sentence, at: number): Magnitude | undefined {
  const { text, end } = parseGroups(sentence, at);
  const isDecimalComma = /\p{Script=Cyrillic}/u.test(sentence.normal);
  const hasScale = SCALES.has(wordAt(sentence, end));
  const amount = parseDigits(text, isDecimalComma, hasScale || isMeasuredAt(sentence, end));
  return amount === undefined ? undefined : { amount, end, isSpelled: false, isScaled: false };
}

/** "полмиллиона", "полтонны": half of the word that follows. The unit stays to be read by the caller. */
function parseHalf(sentence: Sentence, at: number): Magnitude | undefined {
  const word = wordAt(sentence, at);
  const scale = word.startsWith("пол") ? SCALES.get(word.slice(3)) : undefined;
  return scale === undefined
    ? undefined
    : { amount: scale / 2, end: at + 1, isSpelled: true, isScaled: true };
}

function toFactor(sentence: Sentence, at: number): number | undefined {
  const word = wordAt(sentence, at);
  if (!isAttached(sentence, at)) return SCALES.get(word);
  // "1.2m tenge"
  if (word === "m" && parseCurrency(sentence, at + 1) !== undefined) return 1e6;
  return SCALES.get(word) ?? ATTACHED_SCALES.get(word);
}

function parseScale(sentence: Sentence, at: number): { factor: number; end: number } | undefined {
  const word = wordAt(sentence, at);
  const factor = toFactor(sentence, at);
  if (factor !== undefined) {
    const hasDot =
      textAt(sentence, at + 1) === "." &&
      word.length <= 4 &&
      isAttached(sentence, at + 1) &&
      at + 2 < sentence.tokens.length;
    return { factor, end: hasDot ? at + 2 : at + 1 };
  }
  // "тридцать штук баксов"
  if (/^штук[аиу]?$/.test(word) && parseCurrency(sentence, at + 1) !== undefined)
    return { factor: 1e3, end: at + 1 };
  // "50 т.р.": thousands of roubles; the "р" is left for the currency.
  const isThousandRoubles =
    word === "т" &&
    textAt(sentence, at + 1) === "." &&
    wordAt(sentence, at + 2) === "р" &&
    isAttached(sentence, at + 2);
  return isThousandRoubles ? { factor: 1e3, end: at + 2 } : undefined;
}

function parseBase(sentence: Sentence, at: number): Magnitude | undefined {
  const token = sentence.tokens[at];
  if (token?.kind === "number") return parseWritten(sentence, at);
  if (token?.kind !== "word") return undefined;
  if (LONE_SCALES.has(token.text)) return { amount: 1, end: at, isSpelled: true, isScaled: true };
  const isArticle = token.text === "a" && SCALES.has(wordAt(sentence, at + 1));
  if (isArticle) return { amount: 1, end: at + 1, isSpelled: true, isScaled: true };
  return parseHalf(sentence, at) ?? parseSpelled(sentence, at);
}

/** "три с половиной", "2 с половиной". */
function addHalf(sentence: Sentence, base: Magnitude | undefined): Magnitude | undefined {
  const isHalf = base && wordAt(sentence, base.end) === "с" && wordAt(sentence, base.end + 1) === "половиной";
  return isHalf ? { ...base, amount: base.amount + 0.5, end: base.end + 2 } : base;
}

export function parseMagnitude(sentence: Sentence, at: number): Magnitude | undefined {
  const base = addHalf(sentence, parseBase(sentence, at));
  if (base === undefined) return undefined;
  const scale = parseScale(sentence, base.end);
  if (scale === undefined) return base;
  const scaled = {
    amount: toRounded(base.amount * scale.factor),
    end: scale.end,
    isSpelled: base.isSpelled,
    isScaled: true,
  };
  const rest = parseRest(sentence, scale.end, base.isSpelled);
  if (rest === undefined || rest.amount >= scale.factor || !isSmallerPart(rest, scale.factor)) return scaled;
  return { ...scaled, amount: scaled.amount + rest.amount, end: rest.end };
}

/** "2 миллиона 500 тысяч", "2 тысячи 500", "три тысячи двести": a smaller part right behind. */
function parseRest(sentence: Sentence, at: number, isSpelled: boolean): Magnitude | undefined {
  const isNumber =
    sentence.tokens[at]?.kind === "number" || (isSpelled && SPELLED_NUMBERS.has(wordAt(sentence, at)));
  return isNumber && isGapOfOne(sentence, at) ? parseMagnitude(sentence, at) : undefined;
}

/** What has no scale of its own belongs to thousands, and in digits only when it has three of them. */
function isSmallerPart(rest: Magnitude, factor: number): boolean {
  if (rest.isScaled) return true;
  return factor === 1e3 && rest.amount >= (rest.isSpelled ? 1 : 100);
}
