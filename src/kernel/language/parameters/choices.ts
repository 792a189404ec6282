// Choices by their words, in any case of them. What one set of words means may differ by field: "доллар" is both `from` and `to`.
import { parseCurrency } from "./currencies.ts";
import { matchException } from "./exceptions.ts";
import type { FieldPlan } from "./field-plans.ts";
import { isCurrencyPlan } from "./field-plans.ts";
import type { FoundChoice } from "./found.ts";
import { CHOICE_LEADS, findLead } from "./lead-words.ts";
import { SCALES, SPELLED_NUMBERS } from "./number-words.ts";
import type { Phrase } from "./phrase.ts";
import { findPhrases, toPhrase } from "./phrase.ts";
import type { Sentence, Span, Token } from "./sentence.ts";
import { isOverlapping, textAt, toWords, wordAt } from "./sentence.ts";
import { isMeasured } from "./time-rule.ts";

interface Meaning {
  readonly plan: FieldPlan;
  readonly value: string;
  readonly written: string;
}

function isNegated(sentence: Sentence, start: number): boolean {
  return [1, 2, 3].some((back) => {
    const end = matchException(sentence, start - back);
    if (end !== undefined) return end >= start - 1;
    return back < 3 && /^(?:не|без|not|without)$/.test(wordAt(sentence, start - back));
  });
}

/** A choice that is only a number ("size 3") needs the field's name or "№" before it: any other 3 is a quantity. */
function isNamed(sentence: Sentence, at: number, plan: FieldPlan): boolean {
  if (/^[№#]$/.test(textAt(sentence, at - 1))) return true;
  return plan.cues.some((cue) => findLead(sentence, at, [{ phrase: cue, role: undefined }]) !== undefined);
}

function isAmount(sentence: Sentence, end: number): boolean {
  const next = sentence.tokens[end];
  return isMeasured(sentence, end) || SCALES.has(wordAt(sentence, end)) || next?.kind === "number";
}

function isMeant(sentence: Sentence, span: Span, { plan, written }: Meaning): boolean {
  if (isNegated(sentence, span.start)) return false;
  // "по 44" is a law, "по 44 тысячи" is money.
  if (/ \d+$/.test(written) && isAmount(sentence, span.end)) return false;
  if (/^[\d.,]+$/.test(written)) return isNamed(sentence, span.start, plan);
  // Codes that are common words when written small ("try", "all") count only in capitals.
  const isCode =
    /^[A-Z]{3}$/.test(written) &&
    isCurrencyPlan(plan) &&
    !/^(?:USD|EUR|RUB|RUR|CNY|JPY|GBP|KZT|BYN|CHF|AED|INR|THB|PLN|RMB)$/.test(written);
  return !isCode || toWords(sentence, span) === written;
}

/** "500", "five hundred", "2 млн" */
function isAmountWord(token: Token | undefined): boolean {
  if (token?.kind !== "word") return token?.kind === "number";
  return SPELLED_NUMBERS.has(token.text) || SCALES.has(token.text) || /^(?:тыс\p{L}*|к|m)$/u.test(token.text);
}

/** An amount's own currency is what is converted, whatever the preposition before the number says. */
function isAmountCurrency(sentence: Sentence, span: Span): boolean {
  const isDot = textAt(sentence, span.start - 1) === ".";
  const before = sentence.tokens[isDot ? span.start - 2 : span.start - 1];
  const isSign = /^\p{Sc}$/u.test(textAt(sentence, span.start));
  return isAmountWord(before) || (isSign && sentence.tokens[span.end]?.kind === "number");
}

const PAPER =
  /^(?:инвойс|счет|счета|прайс|цена|ценник|оплата|договор|контракт|смета|invoice|invoices|invoiced|bill|billed|price|priced|quote|quoted|contract|payment|зарплата|доход|приш(?:ел|ла|ло|ли)|получили?|получила|платят|выставили?|прислали?|paid|received|charged)$/;
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

/** "сколько баксов выйдет", "how many dollars": what one wants to get. */
function isWanted(sentence: Sentence, start: number): boolean {
  const before = wordAt(sentence, start - 1);
  return (
    /^(?:сколько|скока|скок)$/.test(before) || (before === "many" && wordAt(sentence, start - 2) === "how")
  );
}

function toFound(sentence: Sentence, span: Span, values: ReadonlyMap<string, string>): FoundChoice {
  if (isAmountCurrency(sentence, span))
    return { kind: "choice", span, leadStart: span.start, role: "start", values };
  if (isStated(sentence, span.start))
    return { kind: "choice", span, leadStart: span.start - 1, role: "start", values };
  if (isWanted(sentence, span.start))
    return { kind: "choice", span, leadStart: span.start, role: "end", values };
  const lead = findLead(sentence, span.start, CHOICE_LEADS);
  return { kind: "choice", span, leadStart: lead?.start ?? span.start, role: lead?.role, values };
}

interface MeaningOf {
  readonly phrase: Phrase;
  readonly value: Meaning;
}

// A plan lives as long as its skill's version; the words of its choices are cut into phrases once.
const meanings = new WeakMap<FieldPlan, readonly MeaningOf[]>();

function toMeanings(plan: FieldPlan): readonly MeaningOf[] {
  const known = meanings.get(plan);
  if (known) return known;
  const made = plan.choices.flatMap(({ value, words }) =>
    words.map((written) => ({ phrase: toPhrase(written), value: { plan, value, written } })),
  );
  meanings.set(plan, made);
  return made;
}

export function findChoices(
  sentence: Sentence,
  plans: readonly FieldPlan[],
  isFree: (index: number) => boolean,
): FoundChoice[] {
  const places = findPhrases(sentence, plans.flatMap(toMeanings)).filter(
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
