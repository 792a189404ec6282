// A value of an answer as text for people: numbers by their language, money by `formats`, everything else by the kernel's rules.
import { formatMoney, formatValue } from "../../../kernel/language/format.ts";
import { DateValue } from "../../../kernel/language/expression-values.ts";
import type { Locale } from "../../../kernel/domain/text.ts";

export interface Reading {
  readonly locale: Locale;
  readonly timeZone: string;
  /** Where money stands in the result: path to ISO 4217, "" for the tenant's own currency. */
  readonly formats: Readonly<Record<string, string>>;
  /** What the skill calls its names and words in the reader's language. */
  readonly names: Names;
}

export type Names = Readonly<Record<string, string>>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

export function toShown(value: unknown, path: string, reading: Reading): string {
  const currency = reading.formats[path];
  if (typeof value === "number" && currency !== undefined)
    return formatMoney(value, currency === "" ? null : currency, reading.locale);
  return typeof value === "string" && Object.hasOwn(reading.names, value)
    ? (reading.names[value] ?? value)
    : toPlainShown(value, reading);
}

export function toPlainShown(value: unknown, reading: Pick<Reading, "locale" | "timeZone">): string {
  const isTime = typeof value === "string" && (DAY.test(value) || MOMENT.test(value));
  return formatValue(isTime ? new DateValue(value) : value, reading.locale, { timeZone: reading.timeZone });
}

/** "margin_percent" as people write it; by the skill's own name for it where it has one. `batch: cost` has two parts. */
export function toTitle(name: string, names: Names = {}): string {
  return name
    .split(": ")
    .map((part) => (Object.hasOwn(names, part) ? (names[part] ?? part) : part.replaceAll("_", " ")))
    .join(": ");
}
