// Two numbers that belong together: a range ("10-15 кг", "от 1 до 3 млн") or so many of so much ("3 ящика по 20 кг").
import type { FoundNumber } from "./found.ts";
import type { Sentence } from "./sentence.ts";
import { textAt, wordAt } from "./sentence.ts";
import { toRounded } from "./units.ts";

/** What the second number was multiplied by: a million for "3 млн". */
function toScale(found: FoundNumber): number {
  return [1e9, 1e6, 1e3].find((scale) => found.isScaled && Math.abs(found.amount) >= scale) ?? 1;
}

/** The first takes what only the second says. */
function toRange(first: FoundNumber, second: FoundNumber): [FoundNumber, FoundNumber] {
  const scale = toScale(second);
  const isShort = !first.isScaled && first.amount <= second.amount / scale;
  const from: FoundNumber = {
    ...first,
    amount: isShort ? first.amount * scale : first.amount,
    role: "start",
    unit: first.unit ?? second.unit,
    currency: first.currency ?? second.currency,
    per: first.per ?? second.per,
    isScaled: second.isScaled,
    isCount: false,
    isHalf: true,
  };
  const leadStart = Math.max(second.leadStart, first.span.end);
  return [from, { ...second, leadStart, role: "end", isCount: false, isHalf: true }];
}

/** Nothing stands between the two but a dash, an "и" or the second one's "до". */
function isRange(sentence: Sentence, first: FoundNumber, second: FoundNumber): boolean {
  const isFromTo = first.role === "start" && second.role === "end" && second.leadStart === first.span.end;
  const isComplete = first.unit !== undefined || first.currency !== undefined || first.isScaled;
  if (isFromTo || isComplete) return isFromTo;
  if (second.span.start - first.span.end !== 1) return false;
  const between = textAt(sentence, first.span.end);
  if (/^(?:and|и)$/.test(between)) return /^(?:between|между)$/.test(wordAt(sentence, first.span.start - 1));
  return /^[-—]$/.test(between) || (between === "to" && first.role === "start");
}

/** "3 ящика по 20 кг", "5 boxes of 12 kg", "2 x 50 kg": as much as all of them weigh. */
function isPack(sentence: Sentence, first: FoundNumber, second: FoundNumber): boolean {
  const isCount = first.unit === undefined || /^(?:count|box)$/.test(first.unit.dimension);
  const isPlain = isCount && first.currency === undefined && !first.isScaled && !first.isLabel;
  const isMass = second.unit?.dimension === "mass" && second.per === undefined;
  if (!isPlain || !isMass || !Number.isInteger(first.amount)) return false;
  const isJoined = /^(?:по|of|x|х|×)$/.test(textAt(sentence, second.span.start - 1));
  const gap = second.span.start - 1 - first.span.end;
  return isJoined && (first.isCount ? gap <= 1 : gap === 0);
}

function toPack(first: FoundNumber, second: FoundNumber): FoundNumber {
  const span = { start: first.span.start, end: second.span.end };
  const { leadStart, role } = first;
  return { ...second, amount: toRounded(first.amount * second.amount), span, core: span, leadStart, role };
}

/** "3 раза по 500", "3 times 500": what all of them come to. */
function isTimes(sentence: Sentence, first: FoundNumber, second: FoundNumber): boolean {
  const isAmount = second.unit === undefined && second.per === undefined;
  if (first.unit?.dimension !== "time" || !isAmount || !Number.isInteger(first.amount)) return false;
  const gap = second.span.start - first.span.end;
  return gap === 0 || (gap === 1 && /^(?:по|of|at|x|х|×)$/.test(textAt(sentence, first.span.end)));
}

function toTimes(first: FoundNumber, second: FoundNumber): FoundNumber {
  return { ...toPack(first, second), isPrice: false, isTotal: true };
}

export function joinPairs(sentence: Sentence, found: readonly FoundNumber[]): FoundNumber[] {
  const result = [...found];
  for (let index = 1; index < result.length; index += 1) {
    const first = result[index - 1];
    const second = result[index];
    if (first === undefined || second === undefined) continue;
    if (isRange(sentence, first, second)) result.splice(index - 1, 2, ...toRange(first, second));
    else if (isTimes(sentence, first, second)) {
      result.splice(index - 1, 2, toTimes(first, second));
      index -= 1;
    } else if (isPack(sentence, first, second)) {
      result.splice(index - 1, 2, toPack(first, second));
      index -= 1;
    }
  }
  return result;
}
