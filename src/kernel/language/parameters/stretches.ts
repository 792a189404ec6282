// Calendar stretches around a day: its week, weekend, month, quarter, year, and those before and after.
import type { Day } from "../../domain/civil.ts";
import { toCivil, toDay } from "../../domain/civil.ts";
import { toMonthStart, toWeekday } from "./calendar.ts";
import type { CalendarUnit } from "./date-words.ts";

export interface Stretch {
  readonly from: Day;
  readonly to: Day;
}

export function toMonth(first: Day): Stretch {
  return { from: first, to: toMonthStart(first, 1) - 1 };
}

export function toYear(year: number): Stretch {
  return { from: toDay({ year, month: 1, day: 1 }), to: toDay({ year, month: 12, day: 31 }) };
}

export function toQuarter(year: number, quarter: number): Stretch {
  const from = toDay({ year, month: quarter * 3 - 2, day: 1 });
  return { from, to: toMonthStart(from, 3) - 1 };
}

export function toStretch(today: Day, unit: CalendarUnit, which: number): Stretch | undefined {
  const { year, month } = toCivil(today);
  const monday = today - toWeekday(today) + which * 7;
  if (unit === "week") return { from: monday, to: monday + 6 };
  // The days of a weekend that are over are not part of a plan for it.
  if (unit === "weekend")
    return { from: which === 0 ? Math.max(monday + 5, today) : monday + 5, to: monday + 6 };
  if (unit === "month") return toMonth(toMonthStart(today, which));
  if (unit === "year") return toYear(year + which);
  const index = year * 4 + Math.floor((month - 1) / 3) + which;
  return unit === "quarter" ? toQuarter(Math.floor(index / 4), (index % 4) + 1) : undefined;
}
