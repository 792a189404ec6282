// Numbers that say nothing alone, because of what stands beside them: "10% below 1900", "1900 или 2000", "минус 40 кг", "500 три раза".
import type { FoundNumber } from "./found.ts";
import type { Sentence } from "./sentence.ts";
import { textAt, wordAt } from "./sentence.ts";

const BEHIND_SHARE =
  /^(?:off|of|from|on|below|under|above|over|less|more|lower|higher|cheaper|than|the|от|с|к|на|ниже|выше|дешевле|дороже|меньше|больше|чем|скидки|скидка)$/;
const BEFORE_SHARE =
  /^(?:минус|плюс|minus|plus|less|with|at|a|со|с|за|вычетом|скидкой|скидка|наценкой|discount|of|[+-])$/;
const TAKEN = /^(?:минус|плюс|minus|plus|less|вычетом|скидкой|скидка|наценкой|discount|[+-])$/;
const EITHER = /^(?:или|либо|or)$/;

function isBetween(sentence: Sentence, [first, second]: Pair, words: RegExp): boolean {
  const gap = sentence.tokens.slice(first.span.end, second.span.start);
  return gap.length > 0 && gap.every(({ text }) => words.test(text));
}

type Pair = readonly [first: FoundNumber, second: FoundNumber];

function isShare({ unit }: FoundNumber): boolean {
  return unit?.dimension === "percent";
}

/** "на 10% ниже 1900", "1900 минус 10%": the price is neither of them. */
function isShareOf(sentence: Sentence, pair: Pair): boolean {
  const [first, second] = pair;
  if (isShare(first)) return !isShare(second) && isBetween(sentence, pair, BEHIND_SHARE);
  const gap = sentence.tokens.slice(first.span.end, second.span.start);
  const isTaken = gap.some(({ text }) => TAKEN.test(text));
  return isShare(second) && isAmount(first) && isTaken && isBetween(sentence, pair, BEFORE_SHARE);
}

function isMoney({ currency, isScaled, unit }: FoundNumber): boolean {
  return currency !== undefined || (isScaled && unit === undefined);
}

function isSameKind(first: FoundNumber, second: FoundNumber): boolean {
  if (isMoney(first) || isMoney(second)) return isAmount(first) && isAmount(second);
  if (first.unit === undefined || second.unit === undefined) return true;
  return first.unit.dimension === second.unit.dimension;
}

/** "минус 5 кг"; in "плюс минус 40" the words are its lead. */
function isAdded({ isDelta, leadStart, span }: FoundNumber): boolean {
  return isDelta && leadStart === span.start;
}

function isPairOfOne(sentence: Sentence, pair: Pair): boolean {
  const [first, second] = pair;
  const isEither = isBetween(sentence, pair, EITHER) && second.span.start - first.span.end === 1;
  const isSum = isAdded(second) && second.span.start - first.span.end === 1;
  return (isEither || isSum) && isSameKind(first, second);
}

function isAmount({ unit, currency }: FoundNumber): boolean {
  return unit === undefined || currency !== undefined;
}

/** "500 рублей 3 раза" */
function isRepeated([first, second]: Pair): boolean {
  return second.unit?.dimension === "time" && isAmount(first) && first.span.end === second.span.start;
}

/** "минус 40 кг": nobody has that little of anything. */
function isLess(sentence: Sentence, number: FoundNumber): boolean {
  const isMinus = /^(?:минус|minus)$/.test(wordAt(sentence, number.span.start - 1));
  return isMinus && isAdded(number) && !isAmount(number) && textAt(sentence, number.span.start - 2) !== "";
}

/** Where no field takes a share, a number that one is taken of is no value; NaN, so that its digits are still nobody else's. */
export function withoutRelated(
  sentence: Sentence,
  found: readonly FoundNumber[],
  takesShares: boolean,
): FoundNumber[] {
  const spoilt = new Set(found.filter((number) => isLess(sentence, number)));
  found.slice(1).forEach((second, index) => {
    const first = found[index];
    if (first === undefined) return;
    const isOne =
      isPairOfOne(sentence, [first, second]) || (!takesShares && isShareOf(sentence, [first, second]));
    if (isOne) spoilt.add(first).add(second);
    if (isRepeated([first, second])) spoilt.add(first);
  });
  return found.map((number) => {
    if (!spoilt.has(number)) return number;
    const leadStart = isAdded(number) ? number.span.start - 1 : number.leadStart;
    return { ...number, amount: Number.NaN, leadStart };
  });
}
