// Days as whole numbers since 1970-01-01: dates without a clock and without zones. The only zone question is "which day is it there".

import type { Day } from "../../domain/civil.ts";
import { toCivil, toDay } from "../../domain/civil.ts";
import { toLocalDay } from "../../domain/zone.ts";

/** Undefined for 31 February and years no business request means. */
export function parseCivil(year: number, month: number, day: number): Day | undefined {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return undefined;
  const result = toDay({ year, month, day });
  return toCivil(result).day === day ? result : undefined;
}

export function toIsoDate(day: Day): string {
  const { year, month, day: date } = toCivil(day);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** 0 is Monday, as weeks are counted in Russia and by ISO 8601. */
export function toWeekday(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

export function toMonthStart(day: Day, months = 0): Day {
  const { year, month } = toCivil(day);
  const index = year * 12 + (month - 1) + months;
  return toDay({ year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1, day: 1 });
}

/** The same date months later, or the last day of a shorter month. */
export function addMonths(day: Day, months: number): Day {
  const start = toMonthStart(day, months);
  return Math.min(start + toCivil(day).day - 1, toMonthStart(start, 1) - 1);
}

export function parseToday(now: number, timeZone: string): Day {
  const [year = 1970, month = 1, day = 1] = toLocalDay(now, timeZone).split("-").map(Number);
  return toDay({ year, month, day });
}
