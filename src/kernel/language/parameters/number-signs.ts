// The words beside digits that say what the digits are: a name ("вариант 3"), a count ("100 laptops"), about so many ("тысяч 70").
import { parseCurrency } from "./currencies.ts";
import { isCalendarWord } from "./date-words.ts";
import { SCALES, SPELLED_NUMBERS } from "./number-words.ts";
import { isFunctionWord } from "./routing-words.ts";
import type { Sentence } from "./sentence.ts";
import { textAt, wordAt } from "./sentence.ts";
import type { Unit } from "./units.ts";
import { parseUnit } from "./units.ts";

/** What is told apart by a number. Whole forms: "кода" is no "код 5" the less, but "дому 5" says nobody. */
const NUMBERED: ReadonlySet<string> = new Set(
  `вариант варианте варианта варианту версия версии версию пункт пункте пункта раздел разделе раздела глава главе главу часть части лот лоте лота лоту офис офисе офиса кабинет кабинете кабинета
  комната комнате комнату аудитория зал зале дом доме дома корпус корпусе квартира квартире этаж этаже подъезд подъезде строка строке строку строчка строчке ячейка ячейке партия партии партию рейс рейсом рейса
  договор договору договора договоре контракт контракту контракта заказ заказу заказа заказе накладная накладной счет счету счета заявка заявке заявку акт акта акту артикул код кода модель модели шаг шаге задача задаче задачу
  вагон вагоне поезд поезде маршрут филиал филиале точка точке школа школы школе больница больнице участок участке цех цехе склад складе терминал терминале причал причале зона зоне линия линии серия серии гост снип приказ приказу
  option variant version item section chapter part lot office room apartment apt floor building batch flight contract order invoice bill step ticket task row line cell gate platform suite terminal pier warehouse school page model code article serial
  plan case scenario attempt reminder`.split(/\s+/),
);

/** "вариант 3", "офис 12", "order 5518", "№ 1041", "no. 7". */
export function isLabelled(sentence: Sentence, start: number): boolean {
  const at = textAt(sentence, start - 1) === "." ? start - 2 : start - 1;
  return /^(?:№|#|номер|no|number|num|n)$/.test(textAt(sentence, at));
}

/** A bare number behind what is told apart by numbers: it names, and counts nothing. */
export function isNumbered(sentence: Sentence, start: number): boolean {
  return NUMBERED.has(wordAt(sentence, start - 1));
}

/** "в 10 утра", "9 pm": a time of the day. */
export function isClock(sentence: Sentence, end: number): boolean {
  return /^(?:утра|вечера|am|pm)$/.test(wordAt(sentence, end));
}

export function isPlainWord(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  if (word === "" || isFunctionWord(word)) return false;
  return !isCalendarWord(word);
}

/** "100 ноутбуков", "3 ящика", "40 boxes": the word is in the form that a count asks for; "450 кофе" and "3500 аренда" are not. */
export function isCounted(sentence: Sentence, at: number, amount: number): boolean {
  const word = wordAt(sentence, at);
  if (/^[a-z]/.test(word)) return /(?:[^s]s|people|men|children)$/.test(word);
  const [tens, ones] = [amount % 100, amount % 10];
  const isTeen = tens > 10 && tens < 20;
  if (!isTeen && ones >= 1 && ones <= 4) return true;
  return !/[аяоеиуыэю]$/.test(word);
}

export interface Approximation {
  readonly start: number;
  readonly factor: number;
  readonly unit: Unit | undefined;
  readonly currency: string | undefined;
}

/** The genitive plural of what can be counted: before a number it says "about". */
const COUNTED =
  /^(?:тонн|килограммов|центнеров|человек|штук|ночей|дней|рублей|баксов|долларов|тысяч|тыщ|миллионов|лямов)$/;

/** "тысяч 70", "тыщ на 70", "человек 5", "тонн 5" */
export function findApproximation(sentence: Sentence, start: number): Approximation | undefined {
  const isOn = /^(?:на|так|этак)$/.test(wordAt(sentence, start - 1));
  const at = isOn ? start - 2 : start - 1;
  const word = wordAt(sentence, at);
  const isCount = sentence.tokens[at - 1]?.kind === "number" || SPELLED_NUMBERS.has(wordAt(sentence, at - 1));
  if (!COUNTED.test(word) || isCount || /^(?:с|со|\/)$/.test(textAt(sentence, at - 1))) return undefined;
  const factor = SCALES.get(word);
  if (isOn && factor === undefined) return undefined;
  if (factor !== undefined) return { start: at, factor, unit: undefined, currency: undefined };
  return { start: at, factor: 1, unit: parseUnit(word), currency: parseCurrency(sentence, at)?.code };
}
