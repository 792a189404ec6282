// The functions of expressions that concern numbers, dates and conversion. `f(a, b)` and `a.f(b)` are the same call.
import { fail } from "./expression-error.ts";
import { toCheckedText } from "./expression-operators.ts";
import { parseDurationMs, toInstantMs, toIso } from "./expression-time.ts";
import {
  DateValue,
  DurationValue,
  isMap,
  MoneyValue,
  toDateValue,
  toKindName,
  toMilliseconds,
  toNumber,
  toUnmarked,
} from "./expression-values.ts";

/** One call: its values, how each argument is written, and the purse of work it draws on. */
export interface Call {
  readonly args: readonly unknown[];
  readonly sources: readonly string[];
  spend(work: number): void;
  /** For what goes through all of a value. */
  spendOn(value: unknown): void;
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

function toNumberArgument(call: Call, index: number): number {
  return toNumber(call.args[index], toSource(call, index));
}

export function toTextArgument(call: Call, index: number): string {
  const value = toUnmarkedDate(call.args[index]);
  if (typeof value === "string") return value;
  const [kind, source] = [toKindName(value), toSource(call, index)];
  return fail(
    "type",
    `${source}: ${kind.ru}, а нужен текст. Напишите string(${source}).`,
    `${source} is ${kind.en}, not text. Write string(${source}).`,
  );
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

/** Half away from zero, on the decimal form: 1.005 rounds to 1.01 as people expect. */
export function roundTo(value: number, digits: number): number {
  const text = Math.abs(value).toString();
  if (text.includes("e")) return Number(value.toFixed(Math.max(0, digits)));
  return Math.sign(value) * Number(`${Math.round(Number(`${text}e${digits}`))}e${-digits}`);
}

function round(call: Call): number {
  const digits = call.args.length > 1 ? toWholeArgument(call, 1) : 0;
  if (digits < -15 || digits > 15)
    fail("type", "round: число знаков от −15 до 15.", "round: digits go from -15 to 15.");
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
  return fail(
    "type",
    `${toSource(call, 0)}: промежуток пишут как '90s', '2h30m', '7d'.`,
    `${toSource(call, 0)}: a duration is written like '90s', '2h30m', '7d'.`,
  );
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
  if (currency !== null && !/^[A-Z]{3}$/.test(currency))
    fail("type", "money: валюта пишется тремя буквами: 'RUB'.", "money: a currency is three letters: 'RUB'.");
  return new MoneyValue(toNumberArgument(call, 0), currency);
}

/** A unit of a date or a duration, counted in UTC. Months count from 0 and month days from 0 or 1, as in CEL. */
function toPart(call: Call, durationUnitMs: number, ofDate: (iso: string) => number): number {
  const value = call.args[0];
  if (value instanceof DurationValue) return Math.trunc(value.ms / durationUnitMs);
  const { iso } = toDateValue(value, toSource(call, 0));
  return ofDate(iso.length === 10 ? iso : toIso(toInstantMs(iso) ?? 0, false));
}

function toDayPart(iso: string, start: number, end: number): number {
  return Number(iso.slice(start, end));
}

function toClockPart(iso: string, divisor: number, modulus: number): number {
  return Math.floor((((toInstantMs(iso) ?? 0) % 86_400_000) + 86_400_000) / divisor) % modulus;
}

const value = (
  usage: string,
  arity: readonly [number, number],
  run: ExpressionFunction["run"],
): ExpressionFunction => ({ usage, arity, run });

export const VALUE_FUNCTIONS: Readonly<Record<string, ExpressionFunction>> = {
  string: value("string(value)", [1, 1], (call) => {
    call.spendOn(call.args[0]);
    return toCheckedText(toText(call.args[0]));
  }),
  double: value("double(value)", [1, 1], parseNumber),
  int: value("int(value)", [1, 1], (call) => Math.trunc(parseNumber(call))),
  uint: value("uint(value)", [1, 1], (call) => Math.max(0, Math.trunc(parseNumber(call)))),
  bool: value("bool(value)", [1, 1], parseBoolean),
  dyn: value("dyn(value)", [1, 1], (call) => call.args[0]),
  type: value("type(value)", [1, 1], (call) => toTypeName(call.args[0])),
  round: value("round(number, digits)", [1, 2], round),
  floor: value("floor(number)", [1, 1], (call) => Math.floor(toNumberArgument(call, 0))),
  ceil: value("ceil(number)", [1, 1], (call) => Math.ceil(toNumberArgument(call, 0))),
  abs: value("abs(number)", [1, 1], (call) => Math.abs(toNumberArgument(call, 0))),
  money: value("money(amount, 'RUB')", [1, 2], money),
  date: value("date('YYYY-MM-DD')", [1, 1], parseInstant),
  timestamp: value("timestamp('2026-11-18T10:00:00Z')", [1, 1], parseInstant),
  duration: value("duration('7d')", [1, 1], parseDuration),
  getFullYear: value("date.getFullYear()", [1, 1], (call) => toPart(call, 1, (iso) => toDayPart(iso, 0, 4))),
  getMonth: value("date.getMonth()", [1, 1], (call) => toPart(call, 1, (iso) => toDayPart(iso, 5, 7) - 1)),
  getDate: value("date.getDate()", [1, 1], (call) => toPart(call, 1, (iso) => toDayPart(iso, 8, 10))),
  getDayOfMonth: value("date.getDayOfMonth()", [1, 1], (call) =>
    toPart(call, 1, (iso) => toDayPart(iso, 8, 10) - 1),
  ),
  getDayOfWeek: value("date.getDayOfWeek()", [1, 1], (call) =>
    toWeekday(toMilliseconds(toDateValue(call.args[0], toSource(call, 0)))),
  ),
  getDays: value("duration.getDays()", [1, 1], (call) =>
    toPart(call, 86_400_000, (iso) => toDayPart(iso, 8, 10)),
  ),
  getHours: value("duration.getHours()", [1, 1], (call) =>
    toPart(call, 3_600_000, (iso) => toClockPart(iso, 3_600_000, 24)),
  ),
  getMinutes: value("duration.getMinutes()", [1, 1], (call) =>
    toPart(call, 60_000, (iso) => toClockPart(iso, 60_000, 60)),
  ),
  getSeconds: value("duration.getSeconds()", [1, 1], (call) =>
    toPart(call, 1000, (iso) => toClockPart(iso, 1000, 60)),
  ),
};

/** 1970-01-01 was a Thursday; Sunday is 0. */
function toWeekday(instantMs: number): number {
  return (((Math.floor(instantMs / 86_400_000) + 4) % 7) + 7) % 7;
}
