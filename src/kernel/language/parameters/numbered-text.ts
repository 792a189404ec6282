// Texts that are numbers: the pages of a document ("первые 20 страниц", "pages 3 to 9"), the number of a notice.
import type { FieldPlan } from "./field-plans.ts";
import { parseMagnitude } from "./magnitudes.ts";
import type { Sentence, Span } from "./sentence.ts";
import { isAttached, textAt, toWords, wordAt } from "./sentence.ts";
import type { TextFound, TextScene } from "./text-scene.ts";
import { parseUnit } from "./units.ts";

/** "страницы 12-40": a text that is all numbers. */
export function isPaged(plan: FieldPlan): boolean {
  return plan.cues.some((cue) => parseUnit(cue[0] ?? "")?.name === "page");
}

interface Pages {
  readonly value: string;
  readonly end: number;
}

function parseCount(sentence: Sentence, at: number): { count: number; end: number } | undefined {
  const said = parseMagnitude(sentence, at);
  const isCount = said !== undefined && !said.isScaled && Number.isInteger(said.amount) && said.amount > 0;
  return isCount && said.end > at ? { count: said.amount, end: said.end } : undefined;
}

/** "12-40", "3 to 9", "5 по 12", "20" */
function parsePages(sentence: Sentence, at: number): Pages | undefined {
  const first = parseCount(sentence, at);
  if (first === undefined) return undefined;
  const isJoined = /^(?:-|—|to|through|по|до)$/.test(textAt(sentence, first.end));
  const last = isJoined ? parseCount(sentence, first.end + 1) : undefined;
  return last === undefined
    ? { value: String(first.count), end: first.end }
    : { value: `${first.count}-${last.count}`, end: last.end };
}

/** What stands right beside the field's words ("стр. 3-18", "first ten pages"), and nothing else: "файл из 20 пунктов" tells none. */
export function parsePaged({ sentence, cues, isClaimed }: TextScene, plan: FieldPlan): TextFound | undefined {
  if (!isPaged(plan)) return undefined;
  const own = cues.filter((cue) => cue.plan === plan).map((cue) => cue.span);
  for (let at = 0; at < sentence.tokens.length; at += 1) {
    const pages = isClaimed(at) ? undefined : parsePages(sentence, at);
    if (pages === undefined) continue;
    const before = skipJoint(sentence, at);
    // "на 200 страниц" tells how long it is, "3-9 страницы" which are meant.
    const isRange = pages.value.includes("-");
    if (own.some(({ start, end }) => end === before || (isRange && start === pages.end)))
      return { value: pages.value, span: { start: at, end: pages.end } };
    at = pages.end - 1;
  }
  return undefined;
}

/** "стр. 3", "страницы с 5", "pages from 3", "№ 4" */
function skipJoint(sentence: Sentence, at: number): number {
  return /^(?:\.|:|с|from|№)$/.test(textAt(sentence, at - 1)) ? at - 1 : at;
}

const NUMBERED_WORDS = /^(?:извещение|notice|инн|inn|счет|invoice)$/;

/** A notice or an account is told by its number: "закупка мебели" names none. */
export function isNumbered(plan: FieldPlan): boolean {
  return plan.words.some((word) => NUMBERED_WORDS.test(word));
}

const SHORTEST_NUMBER = 6;

/** "0373100012326000045", "17", "2026/14-К"; not the start of "100 ноутбуков" or "44-ФЗ". */
export function toNumberOf(sentence: Sentence, { start }: Span): TextFound | undefined {
  if (sentence.tokens[start]?.kind !== "number") return undefined;
  let end = start + 1;
  while (
    end < sentence.tokens.length &&
    isAttached(sentence, end) &&
    /^[\p{L}\d/-]/u.test(textAt(sentence, end))
  )
    end += 1;
  const span = { start, end };
  const value = toWords(sentence, span);
  const isLong = (value.match(/\d/g) ?? []).length >= SHORTEST_NUMBER;
  const isCounting = wordAt(sentence, end) !== "" || /фз|fz/i.test(value) || textAt(sentence, end) === "%";
  return isLong || !isCounting ? { value, span } : undefined;
}
