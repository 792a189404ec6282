// The values of expressions: JSON, and a few marked values that remember how a person wants to see them.
// A marked value is its plain self in JSON, SQL and arithmetic; the mark matters only when text is made.
import type { BothLanguages } from "../domain/text.ts";
import { fail } from "./expression-error.ts";
import { toInstantMs, toIsoDate } from "./expression-time.ts";

export class MoneyValue {
  readonly amount: number;
  /** ISO 4217; null means the tenant's own currency. */
  readonly currency: string | null;
  constructor(amount: number, currency: string | null) {
    this.amount = amount;
    this.currency = currency;
  }
  toJSON(): number {
    return this.amount;
  }
  valueOf(): number {
    return this.amount;
  }
  toString(): string {
    return String(this.amount);
  }
}

export class DateValue {
  /** YYYY-MM-DD, or a full ISO instant. */
  readonly iso: string;
  constructor(iso: string) {
    this.iso = iso;
  }
  toJSON(): string {
    return this.iso;
  }
  toString(): string {
    return this.iso;
  }
}

export class DurationValue {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
  /** The JSON form of a protobuf duration. */
  toJSON(): string {
    return `${this.ms / 1000}s`;
  }
  toString(): string {
    return this.toJSON();
  }
}

/** What `x.?y` gives: a value or nothing. Never leaves the expression. */
export class OptionalValue {
  readonly value: unknown;
  readonly present: boolean;
  constructor(present: boolean, value: unknown = null) {
    this.present = present;
    this.value = value;
  }
}

export type MapValue = Readonly<Record<string, unknown>>;

/** A plain JSON object, as opposed to a list or a marked value. */
export function isMap(value: unknown): value is MapValue {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** A value as it comes from outside: SQL integers may be bigint, absent means null, a platform date becomes ours. */
export function toValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value === undefined) return null;
  if (Object.prototype.toString.call(value) === "[object Date]")
    return new DateValue(String(JSON.parse(JSON.stringify(value))));
  return value;
}

/** Money as its number, a date as its ISO text. */
export function toUnmarked(value: unknown): unknown {
  if (value instanceof MoneyValue) return value.amount;
  if (value instanceof DateValue) return value.iso;
  if (value instanceof DurationValue) return value.toJSON();
  if (value instanceof OptionalValue) return value.present ? toUnmarked(value.value) : null;
  return toValue(value);
}

/** The same JSON without marks, for SQL, journals and canonical hashes. */
export function toPlainJson(value: unknown): unknown {
  const unmarked = toUnmarked(value);
  if (Array.isArray(unmarked)) return unmarked.map(toPlainJson);
  if (!isMap(unmarked)) return unmarked;
  return Object.fromEntries(Object.entries(unmarked).map(([key, item]) => [key, toPlainJson(item)]));
}

/** What a value is, in a person's words. */
export function toKindName(value: unknown): BothLanguages {
  if (value === null || value === undefined) return { ru: "пусто", en: "empty" };
  if (value instanceof MoneyValue || typeof value === "number") return { ru: "число", en: "a number" };
  if (value instanceof DateValue) return { ru: "дата", en: "a date" };
  if (value instanceof DurationValue) return { ru: "промежуток времени", en: "a duration" };
  if (value instanceof OptionalValue)
    return {
      ru: "необязательное значение (добавьте .orValue(…))",
      en: "an optional value (add .orValue(…))",
    };
  if (typeof value === "string") return { ru: "текст", en: "text" };
  if (typeof value === "boolean") return { ru: "да или нет", en: "true or false" };
  return Array.isArray(value) ? { ru: "список", en: "a list" } : { ru: "объект", en: "an object" };
}

/** A number, from a number or money. `source` is how the expression calls it. */
export function toNumber(value: unknown, source: string): number {
  const unmarked = value instanceof MoneyValue ? value.amount : value;
  if (typeof unmarked === "number") return unmarked;
  const kind = toKindName(value);
  const mend =
    typeof value === "string"
      ? {
          ru: ` Текст превращает в число double(${source}).`,
          en: ` Write double(${source}) to turn text into a number.`,
        }
      : { ru: "", en: "" };
  return fail(
    "type",
    `${source}: ${kind.ru}, а нужно число.${mend.ru}`,
    `${source} is ${kind.en}, not a number.${mend.en}`,
  );
}

export function toDateValue(value: unknown, source: string): DateValue {
  if (value instanceof DateValue) return value;
  const iso = typeof value === "string" ? toIsoDate(value) : null;
  if (iso !== null) return new DateValue(iso);
  return fail(
    "type",
    `${source} не похоже на дату: напишите ГГГГ-ММ-ДД.`,
    `${source} does not look like a date: write YYYY-MM-DD.`,
  );
}

export function toMilliseconds(value: DateValue): number {
  return (
    toInstantMs(value.iso) ?? fail("type", `${value.iso}: такой даты нет.`, `${value.iso} is not a date.`)
  );
}
