// The operators: numbers are doubles, division is true division, and what cannot be computed says so instead of becoming NaN.
import { fail } from "./expression-error.ts";
import { toIso } from "./expression-time.ts";
import {
  DateValue,
  DurationValue,
  isMap,
  type MapValue,
  MoneyValue,
  OptionalValue,
  toKindName,
  toMilliseconds,
  toNumber,
  toUnmarked,
} from "./expression-values.ts";

/** How the two sides are written, for messages. */
interface Sides {
  readonly left: string;
  readonly right: string;
}

type Binary = (left: unknown, right: unknown, sides: Sides) => unknown;

const MAX_TEXT_LENGTH = 4_194_304;

export function toCheckedText(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH) return text;
  return fail("limit", "Текст получился длиннее 4 МБ.", "The text grew beyond 4 MB.");
}

function toFinite(result: number, sides: Sides): number {
  if (Number.isFinite(result)) return result;
  return fail(
    "arithmetic",
    `${sides.left} и ${sides.right}: результат слишком велик.`,
    `${sides.left} and ${sides.right}: the result is too large.`,
  );
}

function add(left: unknown, right: unknown, sides: Sides): unknown {
  if (typeof left === "number" && typeof right === "number") return toFinite(left + right, sides);
  if (typeof left === "string" && typeof right === "string") return toCheckedText(left + right);
  if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right];
  const moment = addTime(left, right) ?? addTime(right, left);
  if (moment !== null) return moment;
  if (typeof left === "string" || typeof right === "string") failText(left, right, sides);
  return toFinite(toNumber(left, sides.left) + toNumber(right, sides.right), sides);
}

function addTime(left: unknown, right: unknown): DateValue | DurationValue | null {
  if (!(right instanceof DurationValue)) return null;
  if (left instanceof DateValue) return shift(left, right.ms);
  return left instanceof DurationValue ? new DurationValue(left.ms + right.ms) : null;
}

function failText(left: unknown, right: unknown, sides: Sides): never {
  const [other, value] = typeof left === "string" ? [sides.right, right] : [sides.left, left];
  const kind = toKindName(value);
  return fail(
    "type",
    `К тексту прибавляют текст, а ${other}: ${kind.ru}. Напишите string(${other}).`,
    `Text is added to text, but ${other} is ${kind.en}. Write string(${other}).`,
  );
}

function shift(date: DateValue, ms: number): DateValue {
  return new DateValue(toIso(toMilliseconds(date) + ms, date.iso.length === 10));
}

function subtract(left: unknown, right: unknown, sides: Sides): unknown {
  if (left instanceof DateValue && right instanceof DateValue)
    return new DurationValue(toMilliseconds(left) - toMilliseconds(right));
  if (left instanceof DateValue && right instanceof DurationValue) return shift(left, -right.ms);
  if (left instanceof DurationValue && right instanceof DurationValue)
    return new DurationValue(left.ms - right.ms);
  return toFinite(toNumber(left, sides.left) - toNumber(right, sides.right), sides);
}

function toDivisor(right: unknown, sides: Sides): number {
  const divisor = toNumber(right, sides.right);
  if (divisor !== 0) return divisor;
  return fail(
    "arithmetic",
    `Деление на ноль: ${sides.right} равно 0.`,
    `Division by zero: ${sides.right} is 0.`,
  );
}

export function areEqual(leftValue: unknown, rightValue: unknown): boolean {
  const [left, right] = [toAmount(leftValue), toAmount(rightValue)];
  if (left === right) return true;
  if (left instanceof DateValue || right instanceof DateValue) return areSameDate(left, right);
  if (left instanceof DurationValue) return right instanceof DurationValue && left.ms === right.ms;
  if (Array.isArray(left)) return Array.isArray(right) && areEqualLists(left, right);
  if (isMap(left)) return isMap(right) && areEqualMaps(left, right);
  return left instanceof OptionalValue && right instanceof OptionalValue && areEqualOptionals(left, right);
}

function areEqualOptionals(left: OptionalValue, right: OptionalValue): boolean {
  return left.present === right.present && areEqual(left.value, right.value);
}

function areEqualLists(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => areEqual(item, right[index]));
}

function toAmount(value: unknown): unknown {
  return value instanceof MoneyValue ? value.amount : value;
}

/** Two dates are one moment; a date and a text are one spelling. */
function areSameDate(left: unknown, right: unknown): boolean {
  if (left instanceof DateValue && right instanceof DateValue)
    return toMilliseconds(left) === toMilliseconds(right);
  return toUnmarked(left) === toUnmarked(right);
}

function areEqualMaps(left: MapValue, right: MapValue): boolean {
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && areEqual(left[key], right[key]))
  );
}

/** Negative, zero or positive. Text compares by code point, as databases do. */
export function compare(left: unknown, right: unknown, sides: Sides): number {
  if (left instanceof DateValue || right instanceof DateValue) return compareDates(left, right, sides);
  if (left instanceof DurationValue && right instanceof DurationValue) return left.ms - right.ms;
  if (typeof left === "string" && typeof right === "string") return left < right ? -1 : Number(left > right);
  if (typeof left === "boolean" && typeof right === "boolean") return Number(left) - Number(right);
  if (typeof left === "string" || typeof right === "string") return failComparison(left, right, sides);
  return toNumber(left, sides.left) - toNumber(right, sides.right);
}

function compareDates(left: unknown, right: unknown, sides: Sides): number {
  const isText = (value: unknown) => value instanceof DateValue || typeof value === "string";
  if (!isText(left) || !isText(right)) return failComparison(left, right, sides);
  if (left instanceof DateValue && right instanceof DateValue)
    return toMilliseconds(left) - toMilliseconds(right);
  return String(left) < String(right) ? -1 : Number(String(left) > String(right));
}

function failComparison(left: unknown, right: unknown, sides: Sides): never {
  const [leftKind, rightKind] = [toKindName(left), toKindName(right)];
  return fail(
    "type",
    `Нельзя сравнить: ${sides.left} (${leftKind.ru}) и ${sides.right} (${rightKind.ru}).`,
    `Cannot compare ${sides.left} (${leftKind.en}) with ${sides.right} (${rightKind.en}).`,
  );
}

function isIn(item: unknown, container: unknown, sides: Sides): boolean {
  if (Array.isArray(container)) return container.some((candidate) => areEqual(item, candidate));
  if (isMap(container)) return typeof item === "string" && Object.hasOwn(container, item);
  const kind = toKindName(container);
  return fail(
    "type",
    `Справа от in нужен список, а ${sides.right}: ${kind.ru}. Для текста есть ${sides.right}.contains(…).`,
    `in needs a list on its right, but ${sides.right} is ${kind.en}. For text there is ${sides.right}.contains(…).`,
  );
}

export const BINARY: Readonly<Record<string, Binary>> = {
  "+": add,
  "-": subtract,
  "*": (left, right, sides) => toFinite(toNumber(left, sides.left) * toNumber(right, sides.right), sides),
  "/": (left, right, sides) => toFinite(toNumber(left, sides.left) / toDivisor(right, sides), sides),
  "%": (left, right, sides) => toNumber(left, sides.left) % toDivisor(right, sides),
  "==": (left, right) => areEqual(left, right),
  "!=": (left, right) => !areEqual(left, right),
  "<": (left, right, sides) => compare(left, right, sides) < 0,
  "<=": (left, right, sides) => compare(left, right, sides) <= 0,
  ">": (left, right, sides) => compare(left, right, sides) > 0,
  ">=": (left, right, sides) => compare(left, right, sides) >= 0,
  in: isIn,
};

export function toBoolean(value: unknown, source: string): boolean {
  if (typeof value === "boolean") return value;
  const kind = toKindName(value);
  return fail(
    "type",
    `${source}: ${kind.ru}, а нужно условие (да или нет).`,
    `${source} is ${kind.en}, but a condition (true or false) is needed.`,
  );
}
