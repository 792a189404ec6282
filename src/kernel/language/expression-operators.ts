// The operators: numbers are doubles, division is true division, and what cannot be computed says so instead of becoming NaN.
import { fail } from "./expression-error.ts";
import { toIso } from "./expression-time.ts";
import { DateValue, DurationValue, isMap, MoneyValue, OptionalValue, toKindName, toMilliseconds, toNumber } from "./expression-values.ts";

/** How the two sides are written, for messages. */
export interface Sides {
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
  return fail("arithmetic", `${sides.left} и ${sides.right}: результат слишком велик.`, `${sides.left} and ${sides.right}: the result is too large.`);
}

function add(left: unknown, right: unknown, sides: Sides): unknown {
  if (typeof left === "number" && typeof right === "number") return toFinite(left + right, sides);
  if (typeof left === "string" && typeof right === "string") return toCheckedText(left + right);
  if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right];
  if (left instanceof DateValue && right instanceof DurationValue) return shift(left, right.ms);
  if (left instanceof DurationValue && right instanceof DateValue) return shift(right, left.ms);
  if (left instanceof DurationValue && right instanceof DurationValue) return new DurationValue(left.ms + right.ms);
  if (typeof left === "string" || typeof right === "string") {
    const [other, value] = typeof left === "string" ? [sides.right, right] : [sides.left, left];
    const kind = toKindName(value);
    fail("type", `К тексту прибавляют текст, а ${other}: ${kind.ru}. Напишите string(${other}).`, `Text is added to text, but ${other} is ${kind.en}. Write string(${other}).`);
  }
  return toFinite(toNumber(left, sides.left) + toNumber(right, sides.right), sides);
}

function shift(date: DateValue, ms: number): DateValue {
  return new DateValue(toIso(toMilliseconds(date) + ms, date.iso.length === 10));
}

function subtract(left: unknown, right: unknown, sides: Sides): unknown {
  if (left instanceof DateValue && right instanceof DateValue) return new DurationValue(toMilliseconds(left) - toMilliseconds(right));
  if (left instanceof DateValue && right instanceof DurationValue) return shift(left, -right.ms);
  if (left instanceof DurationValue && right instanceof DurationValue) return new DurationValue(left.ms - right.ms);
  return toFinite(toNumber(left, sides.left) - toNumber(right, sides.right), sides);
}

function toDivisor(right: unknown, sides: Sides): number {
  const divisor = toNumber(right, sides.right);
  if (divisor !== 0) return divisor;
  return fail("arithmetic", `Деление на ноль: ${sides.right} равно 0.`, `Division by zero: ${sides.right} is 0.`);
}

export function areEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (left instanceof MoneyValue) return areEqual(left.amount, right);
  if (right instanceof MoneyValue) return areEqual(left, right.amount);
  if (left instanceof DateValue) return right instanceof DateValue ? toMilliseconds(left) === toMilliseconds(right) : left.iso === right;
  if (right instanceof DateValue) return left === right.iso;
  if (left instanceof DurationValue) return right instanceof DurationValue && left.ms === right.ms;
  if (left instanceof OptionalValue) return right instanceof OptionalValue && left.present === right.present && areEqual(left.value, right.value);
  if (Array.isArray(left)) return Array.isArray(right) && left.length === right.length && left.every((item, index) => areEqual(item, right[index]));
  if (!isMap(left) || !isMap(right)) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && areEqual(left[key], right[key]));
}

/** Negative, zero or positive. Text compares by code point, as databases do. */
export function compare(left: unknown, right: unknown, sides: Sides): number {
  if (left instanceof DateValue || right instanceof DateValue) return compareDates(left, right, sides);
  if (left instanceof DurationValue && right instanceof DurationValue) return left.ms - right.ms;
  if (typeof left === "string" && typeof right === "string") return left < right ? -1 : Number(left > right);
  if (typeof left === "boolean" && typeof right === "boolean") return Number(left) - Number(right);
  if (typeof left === "string" || typeof right === "string") return failComparison(left, right, sides);
  const difference = toNumber(left, sides.left) - toNumber(right, sides.right);
  return difference;
}

function compareDates(left: unknown, right: unknown, sides: Sides): number {
  const isText = (value: unknown) => value instanceof DateValue || typeof value === "string";
  if (!isText(left) || !isText(right)) return failComparison(left, right, sides);
  if (left instanceof DateValue && right instanceof DateValue) return toMilliseconds(left) - toMilliseconds(right);
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
  return fail("type", `${source}: ${kind.ru}, а нужно условие (да или нет).`, `${source} is ${kind.en}, but a condition (true or false) is needed.`);
}
