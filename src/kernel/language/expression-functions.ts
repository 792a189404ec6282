// The functions of expressions that concern text, numbers, dates and conversion. `f(a, b)` and `a.f(b)` are the same call.
import { fail } from "./expression-error.ts";
import { toCheckedText } from "./expression-operators.ts";
import { isMatch } from "./expression-pattern.ts";
import { parseDurationMs, toInstantMs, toIso } from "./expression-time.ts";
import { DateValue, DurationValue, isMap, MoneyValue, toDateValue, toKindName, toMilliseconds, toNumber, toUnmarked } from "./expression-values.ts";

/** One call: its values, how each argument is written, and the purse of work it draws on. */
export interface Call {
  readonly args: readonly unknown[];
  readonly sources: readonly string[];
  spend(work: number): void;
}

export interface ExpressionFunction {
  /** Fewest and most arguments, the receiver included. */
  readonly arity: readonly [number, number];
  /** How it is written, for messages and docs. */
  readonly usage: string;
  run(call: Call): unknown;
}

export function toSource(call: Call, index: number): string {
  return call.sources[index] ?? "";
}

export function toNumberArgument(call: Call, index: number): number {
  return toNumber(call.args[index], toSource(call, index));
}

export function toTextArgument(call: Call, index: number): string {
  const value = toUnmarkedDate(call.args[index]);
  if (typeof value === "string") return value;
  const [kind, source] = [toKindName(value), toSource(call, index)];
  return fail("type", `${source}: ${kind.ru}, а нужен текст. Напишите string(${source}).`, `${source} is ${kind.en}, not text. Write string(${source}).`);
}

function toUnmarkedDate(value: unknown): unknown {
  return value instanceof DateValue ? value.iso : value;
}

export function toWholeArgument(call: Call, index: number): number {
  const value = toNumberArgument(call, index);
  if (Number.isSafeInteger(value)) return value;
  const source = toSource(call, index);
  return fail("type", `${source} должно быть целым числом.`, `${source} must be a whole number.`);
}

function toPosition(call: Call, index: number, text: string): number {
  const position = toWholeArgument(call, index);
  if (position >= 0 && position <= text.length) return position;
  const source = toSource(call, index);
  return fail("missing", `${source} выходит за пределы текста (в нём ${text.length} знаков).`, `${source} is outside the text (it has ${text.length} characters).`);
}

/** Half away from zero, on the decimal form: 1.005 rounds to 1.01 as people expect. */
export function roundTo(value: number, digits: number): number {
  const text = Math.abs(value).toString();
  if (text.includes("e")) return Number(value.toFixed(Math.max(0, digits)));
  return Math.sign(value) * Number(`${Math.round(Number(`${text}e${digits}`))}e${-digits}`);
}

function round(call: Call): number {
  const digits = call.args.length > 1 ? toWholeArgument(call, 1) : 0;
  if (digits < -15 || digits > 15) fail("type", "round: число знаков от −15 до 15.", "round: digits go from -15 to 15.");
  return roundTo(toNumberArgument(call, 0), digits);
}

function toText(value: unknown): string {
  const unmarked = toUnmarked(value);
  if (unmarked === null) return "null";
  return typeof unmarked === "object" ? JSON.stringify(unmarked) : String(unmarked);
}

function parseNumber(call: Call): number {
  const value = call.args[0];
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "string") return toNumberArgument(call, 0);
  // People and 1C write 1 234,56; CEL writes 1234.56. Both are unambiguous once spaces are gone.
  const compact = value.replace(/[\s\u00A0\u202F]/g, "");
  const parsed = /^[+-]?\d+,\d+$/.test(compact) ? Number(compact.replace(",", ".")) : Number(compact);
  if (compact !== "" && Number.isFinite(parsed)) return parsed;
  const shown = JSON.stringify(value.slice(0, 40));
  return fail("type", `${shown} не похоже на число.`, `${shown} does not look like a number.`);
}

function parseBoolean(call: Call): boolean {
  const value = call.args[0];
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "false") return value === "true";
  const source = toSource(call, 0);
  return fail("type", `${source}: нужно true или false.`, `${source} must be true or false.`);
}

function parseDuration(call: Call): DurationValue {
  const value = call.args[0];
  if (value instanceof DurationValue) return value;
  const ms = parseDurationMs(toTextArgument(call, 0));
  if (ms !== null) return new DurationValue(ms);
  return fail("type", `${toSource(call, 0)}: промежуток пишут как '90s', '2h30m', '7d'.`, `${toSource(call, 0)}: a duration is written like '90s', '2h30m', '7d'.`);
}

/** ISO text, 31.12.2026, or UTC milliseconds such as run.now. */
function parseInstant(call: Call): DateValue {
  const value = call.args[0];
  if (typeof value !== "number") return toDateValue(value, toSource(call, 0));
  if (Math.abs(value) <= 8.64e15) return new DateValue(toIso(value, false));
  return fail("type", `${toSource(call, 0)}: такой даты нет.`, `${toSource(call, 0)} is not a date.`);
}

function toTypeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "number" || value instanceof MoneyValue) return "number";
  if (value instanceof DateValue) return "date";
  if (value instanceof DurationValue) return "duration";
  return isMap(value) ? "map" : typeof value === "string" ? "string" : "bool";
}

function money(call: Call): MoneyValue {
  const currency = call.args.length > 1 ? toTextArgument(call, 1).toUpperCase() : null;
  if (currency !== null && !/^[A-Z]{3}$/.test(currency)) fail("type", "money: валюта пишется тремя буквами: 'RUB'.", "money: a currency is three letters: 'RUB'.");
  return new MoneyValue(toNumberArgument(call, 0), currency);
}

/** A unit of a date or a duration, counted in UTC. Months count from 0 and month days from 0 or 1, as in CEL. */
function toPart(call: Call, durationUnitMs: number, ofDate: (iso: string) => number): number {
  const value = call.args[0];
  if (value instanceof DurationValue) return Math.trunc(value.ms / durationUnitMs);
  return ofDate(toDateValue(value, toSource(call, 0)).iso);
}

function toDayPart(iso: string, start: number, end: number): number {
  return Number(iso.slice(start, end));
}

function toClockPart(iso: string, divisor: number, modulus: number): number {
  return Math.floor((((toInstantMs(iso) ?? 0) % 86_400_000) + 86_400_000) / divisor) % modulus;
}

const text = (usage: string, arity: readonly [number, number], run: ExpressionFunction["run"]): ExpressionFunction => ({ usage, arity, run });

export const TEXT_FUNCTIONS: Readonly<Record<string, ExpressionFunction>> = {
  contains: text("text.contains(part)", [2, 2], (call) => toTextArgument(call, 0).includes(toTextArgument(call, 1))),
  startsWith: text("text.startsWith(part)", [2, 2], (call) => toTextArgument(call, 0).startsWith(toTextArgument(call, 1))),
  endsWith: text("text.endsWith(part)", [2, 2], (call) => toTextArgument(call, 0).endsWith(toTextArgument(call, 1))),
  matches: text("text.matches(pattern)", [2, 2], (call) => isMatch(toTextArgument(call, 0), toTextArgument(call, 1))),
  indexOf: text("text.indexOf(part, from)", [2, 3], (call) => {
    const whole = toTextArgument(call, 0);
    return whole.indexOf(toTextArgument(call, 1), call.args.length > 2 ? toPosition(call, 2, whole) : 0);
  }),
  lastIndexOf: text("text.lastIndexOf(part)", [2, 2], (call) => toTextArgument(call, 0).lastIndexOf(toTextArgument(call, 1))),
  substring: text("text.substring(start, end)", [2, 3], (call) => {
    const whole = toTextArgument(call, 0);
    const start = toPosition(call, 1, whole);
    const end = call.args.length > 2 ? toPosition(call, 2, whole) : whole.length;
    if (end < start) fail("type", "substring: конец раньше начала.", "substring: the end is before the start.");
    return whole.slice(start, end);
  }),
  charAt: text("text.charAt(index)", [2, 2], (call) => {
    const whole = toTextArgument(call, 0);
    return whole.charAt(toPosition(call, 1, whole));
  }),
  split: text("text.split(separator, limit)", [2, 3], (call) => {
    const parts = toTextArgument(call, 0).split(toTextArgument(call, 1));
    call.spend(parts.length);
    const limit = call.args.length > 2 ? toWholeArgument(call, 2) : -1;
    if (limit < 0 || parts.length <= limit) return parts;
    return limit === 0 ? [] : [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(toTextArgument(call, 1))];
  }),
  replace: text("text.replace(old, new, times)", [3, 4], (call) => {
    const [whole, old, by] = [toTextArgument(call, 0), toTextArgument(call, 1), toTextArgument(call, 2)];
    const parts = whole.split(old);
    const times = call.args.length > 3 ? toWholeArgument(call, 3) : -1;
    const cut = times < 0 ? parts.length - 1 : Math.min(times, parts.length - 1);
    toCheckedLength(whole.length + cut * by.length);
    return toCheckedText([parts.slice(0, cut + 1).join(by), ...parts.slice(cut + 1)].join(old));
  }),
  trim: text("text.trim()", [1, 1], (call) => toTextArgument(call, 0).trim()),
  lowerAscii: text("text.lowerAscii()", [1, 1], (call) => toTextArgument(call, 0).replace(/[A-Z]+/g, (part) => part.toLowerCase())),
  upperAscii: text("text.upperAscii()", [1, 1], (call) => toTextArgument(call, 0).replace(/[a-z]+/g, (part) => part.toUpperCase())),
  lower: text("text.lower()", [1, 1], (call) => toTextArgument(call, 0).toLowerCase()),
  upper: text("text.upper()", [1, 1], (call) => toTextArgument(call, 0).toUpperCase()),
};

/** Before the text is made: a short expression could otherwise ask for gigabytes. */
function toCheckedLength(length: number): void {
  if (length > 8_388_608) fail("limit", "Текст получился длиннее 4 МБ.", "The text grew beyond 4 MB.");
}

export const VALUE_FUNCTIONS: Readonly<Record<string, ExpressionFunction>> = {
  string: text("string(value)", [1, 1], (call) => toCheckedText(toText(call.args[0]))),
  double: text("double(value)", [1, 1], parseNumber),
  int: text("int(value)", [1, 1], (call) => Math.trunc(parseNumber(call))),
  uint: text("uint(value)", [1, 1], (call) => Math.max(0, Math.trunc(parseNumber(call)))),
  bool: text("bool(value)", [1, 1], parseBoolean),
  dyn: text("dyn(value)", [1, 1], (call) => call.args[0]),
  type: text("type(value)", [1, 1], (call) => toTypeName(call.args[0])),
  round: text("round(number, digits)", [1, 2], round),
  floor: text("floor(number)", [1, 1], (call) => Math.floor(toNumberArgument(call, 0))),
  ceil: text("ceil(number)", [1, 1], (call) => Math.ceil(toNumberArgument(call, 0))),
  abs: text("abs(number)", [1, 1], (call) => Math.abs(toNumberArgument(call, 0))),
  money: text("money(amount, 'RUB')", [1, 2], money),
  date: text("date('YYYY-MM-DD')", [1, 1], parseInstant),
  timestamp: text("timestamp('2026-11-18T10:00:00Z')", [1, 1], parseInstant),
  duration: text("duration('7d')", [1, 1], parseDuration),
  getFullYear: text("date.getFullYear()", [1, 1], (call) => toPart(call, 1, (iso) => toDayPart(iso, 0, 4))),
  getMonth: text("date.getMonth()", [1, 1], (call) => toPart(call, 1, (iso) => toDayPart(iso, 5, 7) - 1)),
  getDate: text("date.getDate()", [1, 1], (call) => toPart(call, 1, (iso) => toDayPart(iso, 8, 10))),
  getDayOfMonth: text("date.getDayOfMonth()", [1, 1], (call) => toPart(call, 1, (iso) => toDayPart(iso, 8, 10) - 1)),
  getDayOfWeek: text("date.getDayOfWeek()", [1, 1], (call) => toWeekday(toMilliseconds(toDateValue(call.args[0], toSource(call, 0))))),
  getDays: text("duration.getDays()", [1, 1], (call) => toPart(call, 86_400_000, (iso) => toDayPart(iso, 8, 10))),
  getHours: text("duration.getHours()", [1, 1], (call) => toPart(call, 3_600_000, (iso) => toClockPart(iso, 3_600_000, 24))),
  getMinutes: text("duration.getMinutes()", [1, 1], (call) => toPart(call, 60_000, (iso) => toClockPart(iso, 60_000, 60))),
  getSeconds: text("duration.getSeconds()", [1, 1], (call) => toPart(call, 1000, (iso) => toClockPart(iso, 1000, 60))),
};

/** 1970-01-01 was a Thursday; Sunday is 0. */
function toWeekday(instantMs: number): number {
  return (((Math.floor(instantMs / 86_400_000) + 4) % 7) + 7) % 7;
}
