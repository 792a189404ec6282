// One value as a person reads it in a line or a cell. Amounts and long dates are the kernel's; tables want short ones.
import type { Locale } from "../../../kernel/domain/text.ts";
import { toZonedIso } from "../../../kernel/domain/zone.ts";
import { DateValue } from "../../../kernel/language/expression-values.ts";
import { formatMoney, formatValue } from "../../../kernel/language/format.ts";
import { isJson, toText } from "../json.ts";
import type { View } from "./view.ts";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A value that was understood from a sentence: `1 January 2026`, `1900`, `Сочи, Москва`. */
export function formatInput(value: unknown, view: View): string {
  if (typeof value === "string" && DATE.test(value)) return formatValue(new DateValue(value), view.locale);
  if (Array.isArray(value)) return value.map((item) => formatInput(item, view)).join(", ");
  if (isJson(value)) return toFileName(value) || toPeriod(value, view) || formatValue(value, view.locale);
  return formatValue(value, view.locale);
}

function toFileName(value: Readonly<Record<string, unknown>>): string {
  return typeof value["sha256"] === "string" ? toText(value["name"]) : "";
}

function toPeriod(value: Readonly<Record<string, unknown>>, view: View): string {
  const [from, to] = [value["from"], value["to"]];
  return typeof from === "string" && typeof to === "string"
    ? `${formatInput(from, view)} – ${formatInput(to, view)}`
    : "";
}

/** By its skill's own name for it in the reader's language, where it has one. */
export function toNamed(key: string, otherwise: string, { names }: View): string {
  return Object.hasOwn(names, key) ? (names[key] ?? otherwise) : otherwise;
}

/** `currency`: undefined where the number is no money; "" is the tenant's own. */
export function formatCell(value: unknown, view: View, currency?: string): string {
  if (currency !== undefined && typeof value === "number")
    return formatMoney(value, currency || null, view.locale);
  if (typeof value === "string" && DATE.test(value)) return formatShortDate(value, view.locale);
  if (typeof value === "string" && MOMENT.test(value)) return formatMoment(value, view);
  if (typeof value === "string")
    return toNamed(value, formatInput(value, view), view).replaceAll(/\s+/g, " ");
  if (isJson(value) && typeof value["value"] === "string") return value["value"];
  return formatInput(value, view).replaceAll(/\s+/g, " ");
}

function formatShortDate(iso: string, locale: Locale): string {
  const [year = "", month = "", day = ""] = iso.split("-");
  return locale === "ru"
    ? `${day}.${month}.${year}`
    : `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** `10:42` of an ISO moment, in the reader's zone. */
export function formatTime(iso: string, view: View): string {
  return Number.isNaN(Date.parse(iso)) ? iso : toZonedIso(Date.parse(iso), view.zone).slice(11, 16);
}

/** `21 Nov 2026, 10:42`. */
export function formatMoment(iso: string, view: View): string {
  if (Number.isNaN(Date.parse(iso))) return iso;
  const day = toZonedIso(Date.parse(iso), view.zone).slice(0, 10);
  return `${formatShortDate(day, view.locale)}, ${formatTime(iso, view)}`;
}

/** `21 Nov 2026, 10:42 +03:00`: as the server wrote it, in the tenant's zone. */
export function formatZoned(iso: string, view: View): string {
  const [, day, time, offset] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*([+-]\d{2}:\d{2})$/.exec(iso) ?? [];
  if (day === undefined) return formatMoment(iso, view);
  return `${formatShortDate(day, view.locale)}, ${time} ${offset}`;
}

export function formatDuration(ms: number, view: View): string {
  return ms < 1000
    ? view.words.milliseconds(Math.max(1, Math.round(ms)))
    : view.words.seconds((ms / 1000).toFixed(1));
}

/** `r-7k2m9x` of `run_0_01k…7k2m9x`; `q-b3f1` of a request. */
export function toShortId(id: string, letter: "r" | "q"): string {
  return id === "" || id.startsWith(`${letter}-`) ? id : `${letter}-${id.slice(-6).toLowerCase()}`;
}

/** The first characters of a plan's hash: enough for a person to see that it is the same one. */
export function toShortPlan(hash: string): string {
  return hash.slice(0, 4);
}

/** `97 %`; empty where nobody chose. */
export function toPercent(share: number | null): string {
  return share === null ? "" : `${Math.round(share * 100)} %`;
}
