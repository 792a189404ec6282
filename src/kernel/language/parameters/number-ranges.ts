// Two numbers said as one range: "10-15 кг", "от 1 до 3 млн", "between 1 and 3 million". The first takes what only the second says.
import type { FoundNumber } from "./found.ts";
import type { Sentence } from "./sentence.ts";
import { textAt, wordAt } from "./sentence.ts";

/** What the second number was multiplied by: a million for "3 млн". */
function toScale(found: FoundNumber): number {
  return [1e9, 1e6, 1e3].find((scale) => found.isScaled && Math.abs(found.amount) >= scale) ?? 1;
}

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
  };
  const leadStart = Math.max(second.leadStart, first.span.end);
  return [from, { ...second, leadStart, role: "end", isCount: false }];
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

export function joinRanges(sentence: Sentence, found: readonly FoundNumber[]): FoundNumber[] {
  const result = [...found];
  for (let index = 1; index < result.length; index += 1) {
    const first = result[index - 1];
    const second = result[index];
    if (first && second && isRange(sentence, first, second))
      result.splice(index - 1, 2, ...toRange(first, second));
  }
  return result;
}
