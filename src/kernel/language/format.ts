// Values as people read them, in their language. One kind of space (U+0020) everywhere, so that texts compare and copy plainly.
import type { BothLanguages, Locale } from "../domain/text.ts";
import { toZonedIso } from "../domain/zone.ts";
import { roundTo } from "./expression-functions.ts";
import { toInstantMs } from "./expression-time.ts";
import { DateValue, DurationValue, isMap, MoneyValue, toValue } from "./expression-values.ts";

export interface FormatContext {
  /** Currency of money without one of its own: the tenant's. */
  readonly currency?: string | undefined;
  /** IANA zone for moments; UTC without it. */
  readonly timeZone?: string | undefined;
  /** The current year: dates of other years show theirs. */
  readonly year?: number | undefined;
  /** Within a sentence English writes `18 Nov`, as its tables do. */
  readonly isSentence?: boolean | undefined;
}

const SYMBOLS: Readonly<Record<string, string>> = {
  RUB: "₽",
  USD: "$",
  EUR: "€",
  CNY: "¥",
  JPY: "¥",
  GBP: "£",
};
const WITHOUT_CENTS = new Set(["JPY", "KRW", "VND", "CLP", "ISK"]);
const GROUPING_FROM = 10_000;

const MONTHS: Readonly<Record<Locale, readonly string[]>> = {
  ru: [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
  ],
  en: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
};

const NOTHING = "—";
const YES: BothLanguages = { ru: "да", en: "yes" };
const NO: BothLanguages = { ru: "нет", en: "no" };

export function formatValue(value: unknown, locale: Locale, context: FormatContext = {}): string {
  const known = toValue(value);
  if (known === null) return NOTHING;
  if (typeof known === "string") return known;
  if (typeof known === "number") return formatNumber(known, locale);
  if (typeof known === "boolean") return (known ? YES : NO)[locale];
  return formatMarked(known, locale, context) ?? formatCollection(known, locale, context);
}

function formatMarked(value: unknown, locale: Locale, context: FormatContext): string | null {
  if (value instanceof MoneyValue) {
    return formatMoney(value.amount, value.currency ?? context.currency ?? null, locale);
  }
  if (value instanceof DateValue) return formatDate(value.iso, locale, context);
  return value instanceof DurationValue ? formatDuration(value.ms, locale) : null;
}

function formatCollection(value: unknown, locale: Locale, context: FormatContext): string {
  const toText = (item: unknown) => formatValue(item, locale, context);
  if (Array.isArray(value)) return value.map(toText).join(", ") || NOTHING;
  if (!isMap(value)) return String(value);
  const members = Object.entries(value).map(([key, item]) => `${key}: ${toText(item)}`);
  return members.join("; ") || NOTHING;
}

/** At most four decimals from 1 up, six significant digits below it: rates stay exact, noise disappears. */
function formatNumber(value: number, locale: Locale): string {
  const rounded = Math.abs(value) >= 1 ? roundTo(value, 4) : Number(value.toPrecision(6));
  if (Math.abs(rounded) >= 1e15 || (rounded !== 0 && Math.abs(rounded) < 1e-6)) return String(rounded);
  const [whole = "0", decimals = ""] = Math.abs(rounded)
    .toFixed(Math.abs(rounded) >= 1 ? 4 : 12)
    .split(".");
  return toText(rounded < 0, whole, {
    decimals: decimals.replace(/0+$/, ""),
    locale,
    grouped: Math.abs(rounded) >= GROUPING_FROM,
  });
}

function toText(
  isNegative: boolean,
  whole: string,
  shape: { decimals: string; locale: Locale; grouped: boolean },
): string {
  const [separator, point] = shape.locale === "ru" ? [" ", ","] : [",", "."];
  const digits = shape.grouped ? whole.replace(/\B(?=(?:\d{3})+$)/g, separator) : whole;
  return `${isNegative ? "-" : ""}${digits}${shape.decimals === "" ? "" : point + shape.decimals}`;
}

/** Cents are shown only when there are any. */
export function formatMoney(amount: number, currency: string | null, locale: Locale): string {
  const cents = currency !== null && WITHOUT_CENTS.has(currency) ? 0 : 2;
  const rounded = roundTo(amount, cents);
  const sign = rounded < 0 ? "-" : "";
  if (Math.abs(rounded) >= 1e15) return sign + withCurrency(String(Math.abs(rounded)), currency, locale);
  const [whole = "0", decimals = ""] = Math.abs(rounded).toFixed(cents).split(".");
  const shape = { decimals: decimals === "00" ? "" : decimals, locale, grouped: true };
  return sign + withCurrency(toText(false, whole, shape), currency, locale);
}

function withCurrency(text: string, currency: string | null, locale: Locale): string {
  if (currency === null) return text;
  const symbol = SYMBOLS[currency];
  const isBefore = locale === "en" && symbol !== undefined && symbol !== "₽";
  return isBefore ? symbol + text : `${text} ${symbol ?? currency}`;
}

function formatDate(iso: string, locale: Locale, context: FormatContext): string {
  const instant = iso.length > 10 ? toInstantMs(iso) : null;
  const local = instant === null ? iso : toZonedIso(instant, context.timeZone ?? "UTC");
  const [year, month, day] = [
    Number(local.slice(0, 4)),
    Number(local.slice(5, 7)),
    Number(local.slice(8, 10)),
  ];
  const name = MONTHS[locale][month - 1] ?? String(month);
  const shown = context.isSentence && locale === "en" ? name.slice(0, 3) : name;
  const date = `${day} ${shown}${year === context.year ? "" : ` ${year}`}`;
  return instant === null ? date : `${date}, ${local.slice(11, 16)}`;
}

const UNITS: readonly (readonly [number, BothLanguages])[] = [
  [86_400_000, { ru: "дн", en: "d" }],
  [3_600_000, { ru: "ч", en: "h" }],
  [60_000, { ru: "мин", en: "min" }],
  [1000, { ru: "с", en: "s" }],
];

/** The two largest units: "3 дн 4 ч". */
function formatDuration(ms: number, locale: Locale): string {
  let rest = Math.abs(ms);
  const parts: string[] = [];
  for (const [unitMs, names] of UNITS) {
    const count = Math.floor(rest / unitMs);
    rest -= count * unitMs;
    if (count > 0 && parts.length < 2) parts.push(`${count} ${names[locale]}`);
  }
  return parts.length === 0 ? `0 ${locale === "ru" ? "с" : "s"}` : `${ms < 0 ? "-" : ""}${parts.join(" ")}`;
}
