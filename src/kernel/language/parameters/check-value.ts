// One value given explicitly (JSON, a form, `--set`), brought into its canonical form. People's spelling is welcome here too.
import { isRecord } from "../../domain/json.ts";
import type { InputField } from "../../domain/skill.ts";
import type { BothLanguages, Text } from "../../domain/text.ts";
import { parseCivil, parseToday, toIsoDate } from "./calendar.ts";
import { toFieldPlan } from "./field-plans.ts";
import type { FitContext } from "./field-amount.ts";
import { isWithinBounds, toFieldAmount } from "./field-amount.ts";
import type { Period } from "./fit.ts";
import type { FoundTime, ParameterContext } from "./found.ts";
import { findNumbers } from "./numbers.ts";
import { toPhrase } from "./phrase.ts";
import { parsePlaceName } from "./places.ts";
import type { Span } from "./sentence.ts";
import { parseSentence } from "./sentence.ts";
import { findNearestName } from "../nearest-name.ts";
import { findTimes } from "./times.ts";

export type CheckedValue = { readonly value: unknown } | { readonly message: Text };

type Check = (given: unknown, field: InputField, context: ParameterContext) => CheckedValue;

const isFree = (): boolean => true;

function refuse(ru: string, en: string): CheckedValue {
  return { message: { ru, en } };
}

/** What was given, short enough for a message. */
function toShown(given: unknown): string {
  const text = typeof given === "string" ? given : (JSON.stringify(given) ?? typeof given);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function toBoundWords({ min, max, above, below }: InputField): BothLanguages {
  const rows = [
    [min, "не меньше", "at least"],
    [above, "больше", "more than"],
    [max, "не больше", "at most"],
    [below, "меньше", "less than"],
  ] as const;
  const said = rows.filter(([bound]) => bound !== undefined);
  return {
    ru: said.map(([bound, ru]) => `${ru} ${bound}`).join(", "),
    en: said.map(([bound, , en]) => `${en} ${bound}`).join(", "),
  };
}

function isWhole(span: Span, leadStart: number, length: number): boolean {
  return Math.min(span.start, leadStart) === 0 && span.end === length;
}

/** "1 234,56", "40 кг", "3 млн ₽": the whole text must be one amount that fits the field. */
function parseAmount(given: string, field: InputField, context: ParameterContext): number | undefined {
  const sentence = parseSentence(given.trim().replace(/[.]$/, ""));
  const [found, second] = findNumbers(sentence, isFree);
  if (
    found === undefined ||
    second !== undefined ||
    !isWhole(found.span, found.span.start, sentence.tokens.length)
  )
    return undefined;
  const fit: FitContext = {
    currency: context.currency,
    hasCurrencyField: false,
    hasMoneyField: field.type === "money",
    today: 0,
  };
  // Bounds have their own message.
  return toFieldAmount(
    toFieldPlan({
      ...field,
      type: field.type === "integer" ? "number" : field.type,
      min: undefined,
      max: undefined,
      above: undefined,
      below: undefined,
    }),
    found,
    fit,
  );
}

const checkNumber: Check = (given, field, context) => {
  const amount =
    typeof given === "number"
      ? given
      : typeof given === "string"
        ? parseAmount(given, field, context)
        : undefined;
  const unit = field.unit === undefined ? "" : ` (${field.unit})`;
  if (amount === undefined || !Number.isFinite(amount))
    return refuse(
      `Нужно число${unit}, а дано «${toShown(given)}».`,
      `A number${unit} is needed, not "${toShown(given)}".`,
    );
  if (field.type === "integer" && !Number.isSafeInteger(amount))
    return refuse(`Нужно целое число, а дано ${amount}.`, `A whole number is needed, not ${amount}.`);
  if (isWithinBounds(field, amount)) return { value: amount };
  const bounds = toBoundWords(field);
  return refuse(`Нужно ${bounds.ru}, а дано ${amount}.`, `It must be ${bounds.en}, not ${amount}.`);
};

function parseIso(text: string): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const day = parts ? parseCivil(Number(parts[1]), Number(parts[2]), Number(parts[3])) : undefined;
  return day === undefined ? undefined : toIsoDate(day);
}

function parseWholeTime(text: string, context: ParameterContext): FoundTime | undefined {
  const sentence = parseSentence(text.trim());
  const [found, second] = findTimes(
    { sentence, today: parseToday(context.now, context.timeZone), isPast: false, hasAmounts: false },
    isFree,
  );
  const isOne =
    found !== undefined &&
    second === undefined &&
    isWhole(found.span, found.leadStart, sentence.tokens.length);
  return isOne && Number.isFinite(found.from) && Number.isFinite(found.to) ? found : undefined;
}

function parseDate(given: unknown, context: ParameterContext): string | undefined {
  if (typeof given !== "string") return undefined;
  const iso = parseIso(given.trim());
  if (iso !== undefined) return iso;
  const found = parseWholeTime(given, context);
  return found && !found.isRange ? toIsoDate(found.from) : undefined;
}

const checkDate: Check = (given, _field, context) => {
  const date = parseDate(given, context);
  return date === undefined
    ? refuse(
        `Нужна дата, например 2026-12-31 или 31.12.2026, а дано «${toShown(given)}».`,
        `A date is needed, such as 2026-12-31, not "${toShown(given)}".`,
      )
    : { value: date };
};

function parsePeriod(given: unknown, context: ParameterContext): Period | undefined {
  if (isRecord(given)) {
    const isKnown = Object.keys(given).every((key) => key === "from" || key === "to");
    const [from, to] = [parseDate(given["from"], context), parseDate(given["to"], context)];
    return isKnown && from !== undefined && to !== undefined && from <= to ? { from, to } : undefined;
  }
  if (typeof given !== "string") return undefined;
  const halves = given.split(/\.\.\.?|(?<=\d{4}-\d\d-\d\d)\s?\/\s?/);
  if (halves.length === 2) return parsePeriod({ from: halves[0], to: halves[1] }, context);
  const found = parseWholeTime(given, context);
  if (found === undefined) return undefined;
  if (found.role === "end") return undefined;
  const to = found.role === "start" ? parseToday(context.now, context.timeZone) : found.to;
  return found.from <= to ? { from: toIsoDate(found.from), to: toIsoDate(to) } : undefined;
}

const checkPeriod: Check = (given, _field, context) => {
  const period = parsePeriod(given, context);
  return period
    ? { value: period }
    : refuse(
        `Нужен период, например 2026-12-01..2026-12-15, а дано «${toShown(given)}».`,
        `A period is needed, such as 2026-12-01..2026-12-15, not "${toShown(given)}".`,
      );
};

const checkText: Check = (given) => {
  const text =
    typeof given === "string"
      ? given.trim()
      : typeof given === "number" && Number.isFinite(given)
        ? String(given)
        : "";
  return text === ""
    ? refuse(`Нужен текст, а дано «${toShown(given)}».`, `Text is needed, not "${toShown(given)}".`)
    : { value: text };
};

const checkChoice: Check = (given, field) => {
  const choices = toFieldPlan(field).choices;
  const said = typeof given === "string" ? given : toShown(given);
  const key = toPhrase(said).join(" ");
  const exact = choices.find((choice) => choice.value === given);
  const found =
    exact ?? choices.find((choice) => choice.words.some((word) => toPhrase(word).join(" ") === key));
  if (found) return { value: found.value };
  const nearest = findNearestName(
    said,
    choices.map((choice) => choice.value),
  );
  const all = choices
    .map((choice) => choice.value)
    .slice(0, 12)
    .join(", ");
  return nearest === null
    ? refuse(`Можно: ${all}. Дано «${toShown(given)}».`, `It can be: ${all}. Given: "${toShown(given)}".`)
    : refuse(
        `Нет «${toShown(given)}». Может быть, ${nearest}?`,
        `There is no "${toShown(given)}". Did you mean ${nearest}?`,
      );
};

const checkPlace: Check = (given, field, context) => {
  const text = checkText(given, field, context);
  return "value" in text && typeof text.value === "string"
    ? { value: parsePlaceName(parseSentence(text.value)) }
    : text;
};

const checkUrl: Check = (given) => {
  const written = typeof given === "string" ? given.trim() : "";
  const address = /^[a-z][a-z\d+.-]*:/i.test(written) ? written : `https://${written}`;
  const isAddress =
    /^https?:\/\/[^\s/?#@]+\.[^\s@]+$/i.test(address) ||
    /^https?:\/\/(?:localhost|[\d.]+)(?::\d+)?(?:[/?#]\S*)?$/i.test(address);
  return isAddress && URL.canParse(address)
    ? { value: address }
    : refuse(
        `Нужна ссылка вида https://…, а дано «${toShown(given)}».`,
        `A link such as https://… is needed, not "${toShown(given)}".`,
      );
};

const checkFile: Check = (given) => {
  const isFile = (typeof given === "string" && given.trim() !== "") || isRecord(given);
  return isFile
    ? { value: given }
    : refuse(`Нужен файл, а дано «${toShown(given)}».`, `A file is needed, not "${toShown(given)}".`);
};

const checkTable: Check = (given) =>
  Array.isArray(given) && given.every(isRecord)
    ? { value: given }
    : refuse(
        "Нужна таблица: список строк вида {колонка: значение}.",
        "A table is needed: a list of rows such as {column: value}.",
      );

const CHECKS: Readonly<Record<InputField["type"], Check>> = {
  text: checkText,
  number: checkNumber,
  integer: checkNumber,
  money: checkNumber,
  date: checkDate,
  period: checkPeriod,
  choice: checkChoice,
  place: checkPlace,
  url: checkUrl,
  file: checkFile,
  table: checkTable,
};

export function checkValue(given: unknown, field: InputField, context: ParameterContext): CheckedValue {
  const checked = CHECKS[field.type](given, field, context);
  return "value" in checked && field.oneOf !== undefined && field.type !== "choice"
    ? checkChoice(checked.value, field, context)
    : checked;
}
