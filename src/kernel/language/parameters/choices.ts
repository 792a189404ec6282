// Choices by their words, in any case of them. What one set of words means may differ by field: "доллар" is both `from` and `to`.
import { parseCurrency } from "./currencies.ts";
import type { FieldPlan } from "./field-plans.ts";
import { isCurrencyPlan } from "./field-plans.ts";
import type { FoundChoice } from "./found.ts";
import { CHOICE_LEADS, findLead } from "./lead-words.ts";
import { SCALES, SPELLED_NUMBERS } from "./number-words.ts";
import type { Phrase } from "./phrase.ts";
import { findPhrases, toPhrase } from "./phrase.ts";
import type { Sentence, Span } from "./sentence.ts";
import { isOverlapping, textAt, toWords, wordAt } from "./sentence.ts";

interface Meaning {
  readonly plan: FieldPlan;
  readonly value: string;
  readonly written: string;
}

function isNegated(sentence: Sentence, start: number): boolean {
  return [start - 1, start - 2].some((at) =>
    /^(?:не|кроме|без|not|except|without|excluding)$/.test(wordAt(sentence, at)),
  );
}

/** A choice that is only a number ("size 3") needs the field's name or "№" before it: any other 3 is a quantity. */
function isNamed(sentence: Sentence, at: number, plan: FieldPlan): boolean {
  if (/^[№#]$/.test(textAt(sentence, at - 1))) return true;
  return plan.cues.some((cue) => findLead(sentence, at, [{ phrase: cue, role: undefined }]) !== undefined);
}

function isMeant(sentence: Sentence, span: Span, { plan, written }: Meaning): boolean {
  if (isNegated(sentence, span.start)) return false;
  if (/^[\d.,]+$/.test(written)) return isNamed(sentence, span.start, plan);
  // Codes that are common words when written small ("try", "all") count only in capitals.
  const isCode =
    /^[A-Z]{3}$/.test(written) &&
    isCurrencyPlan(plan) &&
    !/^(?:USD|EUR|RUB|RUR|CNY|JPY|GBP|KZT|BYN|CHF|AED|INR|THB|PLN|RMB)$/.test(written);
  return !isCode || toWords(sentence, span) === written;
}

/** An amount's own currency is what is converted, whatever the preposition before the number says. */
function isAmountCurrency(sentence: Sentence, span: Span): boolean {
  const isDot = textAt(sentence, span.start - 1) === ".";
  const before = sentence.tokens[isDot ? span.start - 2 : span.start - 1];
  const word = before?.text ?? "";
  // "five hundred pounds"
  const isSpelled = before?.kind === "word" && (SPELLED_NUMBERS.has(word) || SCALES.has(word));
  const isScale = isSpelled || /^(?:тыс\p{L}*|k|к|m)$/u.test(word);
  return (
    before?.kind === "number" ||
    isScale ||
    (sentence.tokens[span.end]?.kind === "number" && /^\p{Sc}$/u.test(textAt(sentence, span.start)))
  );
}

const PAPER =
  /^(?:инвойс|счет|счета|прайс|цена|ценник|оплата|договор|контракт|смета|invoice|invoices|invoiced|bill|billed|price|priced|quote|quoted|contract|payment)$/;
const TURNING =
  /^(?:пересчита|переве[дс]|конверт|обменя|поменя|сколько|скока|почем|convert|change|exchange|turn|many|much|what)/;
const FARTHEST_PAPER = 4;

/** "инвойс пришёл в баксах", "the bill is in yuan": what it is in, not what to turn it into ("в баксы", "сколько цена в баксах"). */
function isStated(sentence: Sentence, start: number): boolean {
  if (!/^(?:в|in)$/.test(wordAt(sentence, start - 1)) || /(?:ы|и|у|ю)$/.test(wordAt(sentence, start)))
    return false;
  for (let at = start - 2; at >= start - 2 - FARTHEST_PAPER; at -= 1) {
    const isBreak = wordAt(sentence, at) === "" || parseCurrency(sentence, at) !== undefined;
    if (isBreak) return false;
    if (PAPER.test(wordAt(sentence, at)))
      return !sentence.tokens.slice(0, at).some(({ text }) => TURNING.test(text));
  }
  return false;
}

function toFound(sentence: Sentence, span: Span, values: ReadonlyMap<string, string>): FoundChoice {
  if (isAmountCurrency(sentence, span))
    return { kind: "choice", span, leadStart: span.start, role: "start", values };
  if (isStated(sentence, span.start))
    return { kind: "choice", span, leadStart: span.start - 1, role: "start", values };
  const lead = findLead(sentence, span.start, CHOICE_LEADS);
  return { kind: "choice", span, leadStart: lead?.start ?? span.start, role: lead?.role, values };
}

export function findChoices(
  sentence: Sentence,
  plans: readonly FieldPlan[],
  isFree: (index: number) => boolean,
): FoundChoice[] {
  const phrases: { phrase: Phrase; value: Meaning }[] = plans.flatMap((plan) =>
    plan.choices.flatMap(({ value, words }) =>
      words.map((written) => ({ phrase: toPhrase(written), value: { plan, value, written } })),
    ),
  );
  const places = findPhrases(sentence, phrases).filter(
    ({ span, value }) => isFree(span.start) && isFree(span.end - 1) && isMeant(sentence, span, value),
  );
  // The longest words win: "белорусский рубль" is not a Russian one.
  const longest = places.filter(
    ({ span }) =>
      !places.some(
        (other) =>
          isOverlapping(span, other.span) && other.span.end - other.span.start > span.end - span.start,
      ),
  );
  const byPlace = Map.groupBy(longest, ({ span }) => `${span.start}:${span.end}`);
  return [...byPlace.values()].flatMap((group) => {
    const span = group[0]?.span;
    return span
      ? [toFound(sentence, span, new Map(group.map(({ value }) => [value.plan.field.name, value.value])))]
      : [];
  });
}
